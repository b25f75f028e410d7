using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Requests;

/// <summary>Refuses to continue what cannot be continued.</summary>
internal static class ContinuedMessage
{
    /// <summary>Checks the last message where it is to be continued. There must be messages.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="isContinued">Whether its last message is to be continued.</param>
    /// <param name="isAnswered">Whether the request asks for the opening of an answer, too.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT, naming <c>continue_final_message</c>.</exception>
    public static void Check(IReadOnlyList<ChatMessage> messages, bool isContinued, bool isAnswered)
    {
        if (isContinued && isAnswered)
        {
            throw TrackerErrors.Invalid(
                "continue_final_message", "and `add_generation_prompt` are both true; a message is either continued or answered.");
        }

        if (isContinued && messages[^1].Role != "assistant")
        {
            throw TrackerErrors.Invalid(
                "continue_final_message", $"is true, but the last message is of role `{messages[^1].Role}`; it must be `assistant`.");
        }
    }
}
