using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Tests;

/// <summary>Short forms for conversations and turns.</summary>
internal static class Talk
{
    public const string Tokenizer = "reference";

    public static readonly ConversationContext Context = new() { Tokenizer = Tokenizer };

    private static int _nextId;

    public static CanonicalMessage User(string text) => new() { Role = "user", Text = text };

    public static CanonicalMessage Assistant(string? text, string? reasoning = null, params CanonicalToolCall[] calls) =>
        new() { Role = "assistant", Text = text, Reasoning = reasoning, ToolCalls = calls };

    public static AssistantAnswer Answer(string? text, string? reasoning = null, params CanonicalToolCall[] calls) =>
        new() { Content = text, Reasoning = reasoning, ToolCalls = calls };

    public static CanonicalToolCall Call(string arguments, string? id = null, string name = "search") => new(id, name, arguments);

    public static Conversation Conversation(params CanonicalMessage[] messages) => new(Context, messages);

    public static SampledPart Part(int length) => new() { Start = 0, End = length, EngineId = "engine-0", WeightVersion = "1" };

    public static Segment Completion(params int[] ids)
    {
        var logprobs = ids.Select(id => -0.001f * (id + 1)).ToArray();
        return Segment.Completion(ids, logprobs, Part(ids.Length));
    }

    public static TurnCommit Turn(TurnNode? parent, Conversation conversation, params AssistantAnswer[] answers) =>
        Turn(parent, conversation.ChainAfter(parent), [1, 2, 3], answers);

    public static TurnCommit Turn(TurnNode? parent, TurnChain chain, int[] prompt, AssistantAnswer[] answers)
    {
        var turn = Interlocked.Increment(ref _nextId);
        return new TurnCommit
        {
            TurnId = $"chatcmpl-{turn}",
            Parent = parent,
            Prompt = Segment.Prompt(prompt),
            Chain = chain,
            Model = "m",
            Tokenizer = Tokenizer,
            Choices = [.. answers.Select((answer, i) => new TurnChoice
            {
                NodeId = $"node-{turn}-{i}",
                ChoiceIndex = i,
                Completion = Completion(turn, i, 7),
                Answer = answer,
                EngineFinishReason = TurnFinishReason.Stop,
                ClientFinishReason = TurnFinishReason.Stop,
            })],
        };
    }

    /// <summary>Runs a turn the way a tracker does: match, then commit on what matched.</summary>
    public static TurnNode Say(this SessionTree tree, Conversation conversation, AssistantAnswer answer)
    {
        var match = tree.Match(conversation);
        return tree.Commit(Turn(match.Node, conversation, answer))[0];
    }

    /// <summary>A plain completion.</summary>
    public static TurnNode Complete(this SessionTree tree, TurnNode? parent, int[] prompt, int[] completion, string? text = null)
    {
        var turn = Interlocked.Increment(ref _nextId);
        var node = tree.Commit(new TurnCommit
        {
            TurnId = $"cmpl-{turn}",
            Parent = parent,
            Prompt = Segment.Prompt(prompt),
            Model = "m",
            Tokenizer = Tokenizer,
            Choices = [new TurnChoice { NodeId = $"node-{turn}", Completion = Completion(completion) }],
        })[0];
        if (text is not null)
        {
            node.SetFullText(text);
        }

        return node;
    }
}
