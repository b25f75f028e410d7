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

        ContinuedMessage.Check(
            request.Messages, request.ContinueFinalMessage, request is { HasAddGenerationPrompt: true, AddGenerationPrompt: true });
    }
}
