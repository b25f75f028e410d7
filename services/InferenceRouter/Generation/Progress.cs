using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Generation;

/// <summary>What of a generation has reached the caller so far, over all engines that took part.</summary>
internal sealed class Progress
{
    private readonly GenerateRequest _request;
    private readonly List<int> _sampled = [];

    public Progress(GenerateRequest request)
    {
        _request = request;
    }

    /// <summary>Whether the caller has been told anything, so that beginning anew would contradict it.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether the prompt's log-probabilities have reached the caller.</summary>
    public bool HasPromptLogprobs { get; set; }

    /// <summary>Whether a completion was said to have ended.</summary>
    public bool HasFinished { get; set; }

    /// <summary>Whether all that came is the engines' own ids with log-probabilities.</summary>
    public bool Tracked { get; set; } = true;

    /// <summary>The ids of the only completion.</summary>
    public IReadOnlyList<int> Sampled => _sampled;

    /// <summary>Tokens of all completions.</summary>
    public int Count { get; private set; }

    public void Add(SampledTokens tokens)
    {
        Count += tokens.TokenIds.Count;
        if (_request.N <= 1)
        {
            _sampled.AddRange(tokens.TokenIds);
        }
    }

    /// <summary>Why another engine cannot go on from here; null if it can.</summary>
    public string? ObstacleToResuming(int maxTokens)
    {
        var sampling = _request.Sampling;
        return this switch
        {
            _ when _request.HasResume && !_request.Resume => "resume is off",
            _ when _request.N > 1 => "n is above 1",
            { Tracked: false } => "the engine reported no ids",
            { HasFinished: true } => "the completion had ended",
            _ when _sampled.Count >= maxTokens => "every token that may be sampled was",
            // An engine's grammar would begin anew in the middle of the text.
            _ when sampling is not null && sampling.ConstraintCase != SamplingParameters.ConstraintOneofCase.None =>
                "the text's form is constrained",
            _ when ExtraConstraints.AreIn(_request.Extra) => "the text's form is constrained",
            // To the next engine, what was sampled is prompt, which these two penalties do not see.
            _ when sampling is not null && (sampling.PresencePenalty != 0 || sampling.FrequencyPenalty != 0) =>
                "presence and frequency penalties would begin anew",
            _ => null,
        };
    }
}
