using System.Collections.Immutable;

namespace Atropos.TokenTree.Matching;

/// <summary>Where a turn stands in the hash chain of its conversation: what a store keeps instead of the messages.</summary>
/// <param name="Root">The hash of the conversation's context.</param>
/// <param name="Prompt">The hash of the conversation up to the last message before the answer.</param>
/// <param name="MessageCount">Number of messages before the answer.</param>
/// <param name="GivenAssistants">
/// The hash of the conversation after each assistant message since the parent's end: messages that were not sampled here.
/// </param>
/// <param name="CallIdsCount">Whether the ids of calls are part of the hashes.</param>
public sealed record TurnChain(
    MessageHash Root,
    MessageHash Prompt,
    int MessageCount,
    ImmutableArray<MessageHash> GivenAssistants,
    bool CallIdsCount)
{
    /// <summary>Gives the hash of the conversation with an answer.</summary>
    public MessageHash Append(AssistantAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var writer = new DigestWriter();
        return MessageDigests.LinkAnswer(writer, Prompt, MessageDigests.Answer(writer, answer, CallIdsCount));
    }
}
