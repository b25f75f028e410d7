using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses plain completion requests that cannot be carried out.</summary>
internal static class CompletionRequestValidator
{
    /// <summary>Checks everything but the sampling parameters, and gives the prompts one by one.</summary>
    public static IReadOnlyList<CompletionInput> Check(CompletionRequest request)
    {
        var n = SamplingValidator.CheckChoices(request.HasN, request.N);
        UnsupportedMembers.Check(request.Extra);
        if (request.HasLogprobs)
        {
            if (request.Echo)
            {
                throw TrackerErrors.Invalid(
                    "echo", "is true together with `logprobs`; log-probabilities of the prompt are not reported. Ask for one of the two.");
            }

            SamplingValidator.CheckTopLogprobs("logprobs", request.Logprobs);
        }

        var prompts = Read(request.Prompt);
        if (prompts.Count is 0)
        {
            throw TrackerErrors.Invalid("prompt", "is an empty list; give at least one prompt.");
        }

        if (prompts.Count * n > RequestLimits.MaxPrompts)
        {
            throw TrackerErrors.Invalid(
                "prompt", $"has {prompts.Count} entries, with {n} completions of each; at most {RequestLimits.MaxPrompts} completions are made at once.");
        }

        return prompts;
    }

    private static List<CompletionInput> Read(CompletionPrompt? prompt) => prompt?.KindCase switch
    {
        CompletionPrompt.KindOneofCase.Text => [new CompletionInput(prompt.Text, null, "prompt")],
        CompletionPrompt.KindOneofCase.Texts =>
            [.. prompt.Texts.Values.Select((text, i) => new CompletionInput(text, null, $"prompt[{i}]"))],
        CompletionPrompt.KindOneofCase.TokenIds => [Ids(prompt.TokenIds, "prompt")],
        CompletionPrompt.KindOneofCase.TokenIdLists => [.. prompt.TokenIdLists.Lists.Select((list, i) => Ids(list, $"prompt[{i}]"))],
        _ => throw TrackerErrors.Invalid("prompt", "is missing; give a string, a list of strings, or token ids."),
    };

    private static CompletionInput Ids(TokenIds list, string field)
    {
        if (list.Ids.Count == 0)
        {
            throw TrackerErrors.Invalid(field, "is an empty list of token ids; give at least one.");
        }

        for (var i = 0; i < list.Ids.Count; i++)
        {
            if (list.Ids[i] < 0)
            {
                throw TrackerErrors.Invalid($"{field}[{i}]", $"is {list.Ids[i]}; token ids are not negative.");
            }
        }

        return new CompletionInput(null, [.. list.Ids], field);
    }
}
