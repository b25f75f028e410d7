using System.Collections.Immutable;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Matching;

/// <summary>
/// The messages of one request, hashed. Made outside of any lock; work is proportional to the text of the messages. Not safe for use
/// by several threads at once.
/// </summary>
public sealed class Conversation
{
    private readonly MessageHash?[] _given;
    private readonly MessageHash?[] _echoes;

    /// <summary>Hashes a conversation.</summary>
    /// <param name="context">What the rendering depends on beside the messages.</param>
    /// <param name="messages">The messages before the answer that is asked for.</param>
    public Conversation(ConversationContext context, IReadOnlyList<CanonicalMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(messages);
        Context = context;
        Messages = messages;
        Root = MessageDigests.Context(context);
        _given = new MessageHash?[messages.Count];
        _echoes = new MessageHash?[messages.Count];
    }

    /// <summary>What the rendering depends on beside the messages.</summary>
    public ConversationContext Context { get; }

    /// <summary>The messages.</summary>
    public IReadOnlyList<CanonicalMessage> Messages { get; }

    /// <summary>The hash of the context.</summary>
    public MessageHash Root { get; }

    /// <summary>
    /// Gives the place in the hash chain of an answer to this conversation. Every message after the parent's end counts as given.
    /// </summary>
    /// <param name="parent">The node that the turn extends: one that matched this conversation; null for a root.</param>
    /// <exception cref="ArgumentException">The node has no messages, or more than this conversation.</exception>
    public TurnChain ChainAfter(TurnNode? parent)
    {
        var hash = Root;
        var start = 0;
        if (parent is not null)
        {
            hash = parent.EndHash ?? throw new ArgumentException(
                $"Node {parent.Id} is a plain completion, which no conversation extends.", nameof(parent));
            start = parent.MessageCount;
            if (start > Messages.Count)
            {
                throw new ArgumentException(
                    $"Node {parent.Id} covers {start} messages, but the conversation has {Messages.Count}.", nameof(parent));
            }
        }

        using var writer = new DigestWriter();
        var givenAssistants = ImmutableArray.CreateBuilder<MessageHash>();
        for (var i = start; i < Messages.Count; i++)
        {
            hash = MessageDigests.LinkGiven(writer, hash, GivenDigest(writer, i));
            if (Messages[i].IsAssistant)
            {
                givenAssistants.Add(hash);
            }
        }

        return new TurnChain(Root, hash, Messages.Count, givenAssistants.ToImmutable(), Context.CallIdsCount);
    }

    internal MessageHash GivenDigest(DigestWriter writer, int index) =>
        _given[index] ??= MessageDigests.Given(writer, Messages[index], Context.CallIdsCount);

    internal MessageHash EchoDigest(DigestWriter writer, int index) =>
        _echoes[index] ??= MessageDigests.Echo(writer, Messages[index], Context.CallIdsCount);
}
