namespace Atropos.ReferenceEngine;

/// <summary>Scores the tokens of a prompt.</summary>
internal static class PromptScorer
{
    private const int ContextLength = 8;

    /// <summary>Scores every token but the first, which has nothing before it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="start">The first position to score; earlier ones are null, and so is the first token.</param>
    /// <param name="top">How many alternatives for each position; -1: all.</param>
    public static PromptLogprob?[] Score(IEngineModel model, int[] prompt, int start, int top)
    {
        var sequence = model.Start(prompt, 0);
        var weights = new double[sequence.VocabularySize];
        var scores = new PromptLogprob?[prompt.Length];
        for (var i = Math.Max(1, start); i < prompt.Length; i++)
        {
            var context = prompt.AsSpan(Math.Max(0, i - ContextLength)..i);
            sequence.FillPowers(context, i - prompt.Length, 1, weights);
            var own = sequence.Probability(context, i - prompt.Length, prompt[i]);
            var rank = 1;
            foreach (var weight in weights)
            {
                rank += weight > own ? 1 : 0;
            }

            scores[i] = new PromptLogprob(
                prompt[i], (float)Math.Log(own), rank, TopTokens.Select(weights, top < 0 ? weights.Length : top, 1));
        }

        return scores;
    }
}
