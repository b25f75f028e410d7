using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses chat completion requests that cannot be carried out, before anything is asked of another service.</summary>
internal static class ChatRequestValidator
{
    /// <summary>Checks everything but the sampling parameters, which <see cref="SamplingMapper"/> does.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT for the first field that is wrong, naming it and the fix.</exception>
    public static void Check(ChatCompletionRequest request)
    {
        MessageValidator.Check(request.Messages);
        SamplingValidator.CheckChoices(request.HasN, request.N);
        UnsupportedMembers.Check(request.Extra);
        ToolValidator.Check(request.Tools, request.ToolChoice);
        if (request.HasTopLogprobs)
        {
            SamplingValidator.CheckTopLogprobs("top_logprobs", request.TopLogprobs);
            if (!request.Logprobs)
            {
                throw TrackerErrors.Invalid("top_logprobs", "is given without `logprobs`; set `logprobs` to true.");
            }
        }

        if (request is { ContinueFinalMessage: true, HasAddGenerationPrompt: true, AddGenerationPrompt: true })
        {
            throw TrackerErrors.Invalid(
                "continue_final_message", "and `add_generation_prompt` are both true; a message is either continued or answered.");
        }

        if (request.ContinueFinalMessage && request.Messages[^1].Role != "assistant")
        {
            throw TrackerErrors.Invalid(
                "continue_final_message", $"is true, but the last message is of role `{request.Messages[^1].Role}`; it must be `assistant`.");
        }
    }
}
