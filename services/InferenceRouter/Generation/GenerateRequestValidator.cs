using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Generation;

/// <summary>Refuses what no engine could be asked. What an engine decides, such as how hot is too hot, is left to it.</summary>
internal static class GenerateRequestValidator
{
    private const int MostChoices = 1024;

    /// <exception cref="GenerationException">INVALID_ARGUMENT that names the field.</exception>
    public static void Check(GenerateRequest request)
    {
        if (request.PromptCase != GenerateRequest.PromptOneofCase.Tokens || request.Tokens.TokenIds.Count == 0)
        {
            throw GenerationException.Invalid("tokens.token_ids", "empty; a prompt has at least one token");
        }

        foreach (var id in request.Tokens.TokenIds)
        {
            if (id < 0)
            {
                throw GenerationException.Invalid("tokens.token_ids", $"{id} is not a token id");
            }
        }

        if (request.N is < 0 or > MostChoices)
        {
            throw GenerationException.Invalid("n", $"{request.N} is not a number of completions; give 1 to {MostChoices}");
        }

        if (request.TopLogprobs < 0)
        {
            throw GenerationException.Invalid("top_logprobs", $"{request.TopLogprobs} is negative");
        }

        if (request.HasPromptLogprobs && request.PromptLogprobs < 0)
        {
            throw GenerationException.Invalid("prompt_logprobs", $"{request.PromptLogprobs} is negative");
        }

        if (request.Pinned && request.PreferredEngine.Length == 0)
        {
            throw GenerationException.Invalid("preferred_engine", "empty, though pinned; name the engine to stay with");
        }

        if (request.Sampling is { } sampling)
        {
            Check(sampling);
        }
    }

    private static void Check(SamplingParameters sampling)
    {
        if (sampling.HasMaxTokens && sampling.MaxTokens < 1)
        {
            throw GenerationException.Invalid("sampling.max_tokens", $"{sampling.MaxTokens} leaves nothing to sample; give at least 1");
        }

        if (sampling.HasMinTokens && sampling.MinTokens < 0)
        {
            throw GenerationException.Invalid("sampling.min_tokens", $"{sampling.MinTokens} is negative");
        }

        Finite(sampling.Temperature, "temperature");
        Finite(sampling.TopP, "top_p");
        Finite(sampling.MinP, "min_p");
        Finite(sampling.PresencePenalty, "presence_penalty");
        Finite(sampling.FrequencyPenalty, "frequency_penalty");
        Finite(sampling.RepetitionPenalty, "repetition_penalty");
        foreach (var bias in sampling.LogitBias.Values)
        {
            Finite(bias, "logit_bias");
        }

        foreach (var stop in sampling.Stop)
        {
            if (stop.Length == 0)
            {
                throw GenerationException.Invalid("sampling.stop", "holds an empty string, which would end every completion at once");
            }
        }
    }

    private static void Finite(float value, string field)
    {
        if (!float.IsFinite(value))
        {
            throw GenerationException.Invalid("sampling." + field, $"{value} is not a finite number");
        }
    }
}
