using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses sampling parameters that have no meaning. Names of fields are those of OpenAI's API and vLLM.</summary>
internal static class SamplingValidator
{
    /// <summary>Checks every parameter.</summary>
    /// <param name="sampling">The parameters.</param>
    /// <param name="maxTokensField">What the request called the most tokens.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT for the first that is wrong, naming it.</exception>
    public static void Check(SamplingParameters sampling, string maxTokensField)
    {
        AtLeast(maxTokensField, sampling.HasMaxTokens, sampling.MaxTokens, 1);
        AtLeast("min_tokens", sampling.HasMinTokens, sampling.MinTokens, 0);
        if (sampling.HasMaxTokens && sampling.MinTokens > sampling.MaxTokens)
        {
            throw TrackerErrors.Invalid(
                "min_tokens", $"is {sampling.MinTokens}, more than {maxTokensField} ({sampling.MaxTokens}); lower it or raise {maxTokensField}.");
        }

        Between("temperature", sampling.HasTemperature, sampling.Temperature, 0, 2);
        if (sampling.HasTopP && !(sampling.TopP is > 0 and <= 1))
        {
            throw TrackerErrors.Invalid("top_p", $"is {Text(sampling.TopP)}; it must be above 0 and at most 1.");
        }

        if (sampling.HasTopK && sampling.TopK < -1)
        {
            throw TrackerErrors.Invalid("top_k", $"is {sampling.TopK}; it must be at least 1, or 0 or -1 to be off.");
        }

        Between("min_p", sampling.HasMinP, sampling.MinP, 0, 1);
        Between("presence_penalty", sampling.HasPresencePenalty, sampling.PresencePenalty, -2, 2);
        Between("frequency_penalty", sampling.HasFrequencyPenalty, sampling.FrequencyPenalty, -2, 2);
        if (sampling.HasRepetitionPenalty && !(sampling.RepetitionPenalty > 0 && float.IsFinite(sampling.RepetitionPenalty)))
        {
            throw TrackerErrors.Invalid("repetition_penalty", $"is {Text(sampling.RepetitionPenalty)}; it must be above 0 (1 is off).");
        }

        for (var i = 0; i < sampling.StopTokenIds.Count; i++)
        {
            AtLeast($"stop_token_ids[{i}]", true, sampling.StopTokenIds[i], 0);
        }
    }

    /// <summary>Checks the number of completions.</summary>
    public static int CheckChoices(bool given, int n)
    {
        if (given && n is < 1 or > RequestLimits.MaxChoices)
        {
            throw TrackerErrors.Invalid("n", $"is {n}; it must be from 1 to {RequestLimits.MaxChoices}.");
        }

        return given ? n : 1;
    }

    /// <summary>Checks how many of the likeliest tokens are asked for.</summary>
    public static void CheckTopLogprobs(string field, int count)
    {
        if (count is < 0 or > RequestLimits.MaxTopLogprobs)
        {
            throw TrackerErrors.Invalid(field, $"is {count}; it must be from 0 to {RequestLimits.MaxTopLogprobs}.");
        }
    }

    private static void AtLeast(string field, bool given, int value, int least)
    {
        if (given && value < least)
        {
            throw TrackerErrors.Invalid(field, $"is {value}; it must be at least {least}.");
        }
    }

    private static void Between(string field, bool given, float value, float least, float most)
    {
        // Written so that NaN fails.
        if (given && !(value >= least && value <= most))
        {
            throw TrackerErrors.Invalid(field, $"is {Text(value)}; it must be from {Text(least)} to {Text(most)}.");
        }
    }

    private static string Text(float value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
