using Atropos.Sessions.V1;
using Atropos.SessionTracker.Stores;
using Atropos.TokenTree;
using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Tests.Stores;

/// <summary>Sessions and turns to be kept.</summary>
internal static class Turns
{
    private static readonly ConversationContext Context = new() { Tokenizer = "reference", Tools = "[]" };

    public static Session Session(string uuid, double createdAt = 100) =>
        new() { Uuid = uuid, ModelName = "m", ToolParser = "hermes", CreatedAt = createdAt, LastAccessed = 5, TurnCount = 7 };

    /// <summary>A root of two tokens.</summary>
    public static TurnRecord Record(string turnId, string parentId = "", int choices = 1)
    {
        var record = RecordMapper.ToRecord(Commit(new Random(1), turnId, parent: null, choices));
        record.ParentId = parentId;
        return record;
    }

    /// <summary>A turn of random tokens, logprobs, answers and parts.</summary>
    public static TurnCommit Commit(Random random, string turnId, TurnNode? parent, int choices)
    {
        var isChat = parent is null ? random.Next(3) > 0 : parent.EndHash is not null;
        return new TurnCommit
        {
            TurnId = turnId,
            Parent = parent,
            Prompt = Segment.Prompt(Ids(random)),
            Chain = isChat ? new Conversation(Context, Messages(random, parent)).ChainAfter(parent) : null,
            Model = "m",
            Tokenizer = "reference",
            BranchReason = random.Next(3) == 0 ? "edited" : "",
            ContinuityFallback = random.Next(3) == 0,
            CreatedAt = DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 20000)),
            Choices = [.. Enumerable.Range(0, choices).Select(i => new TurnChoice
            {
                NodeId = $"{turnId}-{i}",
                ChoiceIndex = i,
                Completion = Completion(random),
                Answer = isChat ? Answer(random) : null,
                EngineFinishReason = (TurnFinishReason)random.Next(5),
                ClientFinishReason = (TurnFinishReason)random.Next(5),
            })],
        };
    }

    private static List<CanonicalMessage> Messages(Random random, TurnNode? parent)
    {
        var messages = Enumerable.Range(0, parent?.MessageCount ?? 0).Select(_ => Message("user", "x")).ToList();
        messages.AddRange(Enumerable.Range(0, random.Next(4)).Select(i => Message(random.Next(2) == 0 ? "user" : "assistant", $"m{i}")));
        return messages;
    }

    private static CanonicalMessage Message(string role, string text) => new() { Role = role, Text = text };

    private static AssistantAnswer Answer(Random random) => new()
    {
        Content = random.Next(3) switch { 0 => null, 1 => "", _ => " h\u00e9llo \U0001F600\n" },
        Reasoning = random.Next(2) == 0 ? null : "because",
        ToolCalls = [.. Enumerable.Range(0, random.Next(3))
            .Select(i => new CanonicalToolCall(random.Next(2) == 0 ? null : $"call_{i}", "search", """{ "q": "a" }"""))],
    };

    private static Segment Completion(Random random)
    {
        var ids = Ids(random);
        var cut = random.Next(ids.Length + 1);
        SampledPart[] parts =
        [
            new()
            {
                Start = 0,
                End = cut,
                EngineId = "e0",
                EngineRequestId = "r0",
                WeightVersion = "1",
                LogprobKind = SampledLogprobKind.Raw,
            },
            new()
            {
                Start = cut,
                End = ids.Length,
                Sampling = new SamplingSettings { Temperature = 0.7f, TopP = 0.9f, TopK = 5, MinP = 0.01f, Seed = 0, Constrained = true },
            },
        ];
        return random.Next(5) == 0
            ? Segment.UntrackedCompletion(ids, parts)
            : Segment.Completion(ids, [.. ids.Select(_ => AnyFinite(random))], parts);
    }

    // Any bits that are a finite number: subnormal ones and both zeros too.
    private static float AnyFinite(Random random)
    {
        while (true)
        {
            var value = random.Next(8) == 0 ? -0.0f : BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, int.MaxValue));
            if (float.IsFinite(value))
            {
                return value;
            }
        }
    }

    private static int[] Ids(Random random) => [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next())];
}
