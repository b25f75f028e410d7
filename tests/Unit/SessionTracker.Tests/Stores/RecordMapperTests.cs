using Atropos.SessionTracker.Stores;
using Atropos.SessionTracker.Stores.Sqlite;
using Atropos.TestSupport;
using Atropos.TokenTree;
using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.SessionTracker.Tests.Stores;

public sealed class RecordMapperTests
{
    [Fact]
    public void Rebuild_RandomSession_GivesTheTreeBitForBit() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var (tree, records) = Grow(new Random(seed));
            AssertSame(tree, RecordMapper.Rebuild("s", [.. records.Select(record => record.Clone())]));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Rebuild_RandomSessionReadFromAFile_GivesTheTreeBitForBit()
    {
        using var folder = new TemporaryFolder();
        var (tree, records) = Grow(new Random(20));
        await using (var store = SqliteSessionStore.Open(new SqliteStoreOptions { Path = folder.File("s.db") }))
        {
            await store.CreateSessionAsync(Turns.Session("s"));
            foreach (var record in records)
            {
                await store.AppendTurnAsync("s", record);
            }
        }

        await using var again = SqliteSessionStore.Open(new SqliteStoreOptions { Path = folder.File("s.db") });
        AssertSame(tree, RecordMapper.Rebuild("s", await again.LoadTurnsAsync("s")));
        var session = await again.FindSessionAsync("s");
        Assert.Equal((tree.TurnCount, tree.LeafCount), (session!.TurnCount, session.NodeCount));
        Assert.Equal(tree.ContinuityFallbacks, session.ContinuityFallbacks);
    }

    [Fact]
    public void Rebuild_RecordThatContradictsTheOthers_NamesSessionAndTurn()
    {
        var orphan = Turns.Record("t1", parentId: "nobody");
        var shortLogprobs = Turns.Record("t2");
        shortLogprobs.Choices[0].Untracked = false;
        shortLogprobs.Choices[0].Logprobs.Clear();
        var badHash = Turns.Record("t3");
        badHash.Chain = new() { Root = Google.Protobuf.ByteString.CopyFrom(1, 2, 3) };
        var badReason = Turns.Record("t4");
        badReason.Choices[0].EngineFinishReason = (Router.V1.FinishReason)77;

        foreach (var record in new[] { orphan, shortLogprobs, badHash, badReason })
        {
            var error = Assert.Throws<SessionStoreException>(() => RecordMapper.Rebuild("s", [record]));
            Assert.Contains($"turn {record.TurnId} of session s", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Enums_OfTreeAndContract_HaveTheSameNumbers()
    {
        Assert.Equal(
            Enum.GetValues<TurnFinishReason>().Select(value => (value.ToString(), (int)value)),
            Enum.GetValues<Router.V1.FinishReason>().Select(value => (value.ToString(), (int)value)));
        Assert.Equal(
            Enum.GetValues<SampledLogprobKind>().Skip(1).Select(value => (value.ToString(), (int)value)),
            Enum.GetValues<Router.V1.LogprobKind>().Skip(1).Select(value => (value.ToString(), (int)value)));
    }

    private static (SessionTree Tree, List<Atropos.Sessions.V1.TurnRecord> Records) Grow(Random random)
    {
        var tree = new SessionTree();
        var records = new List<Atropos.Sessions.V1.TurnRecord>();
        for (var i = 0; i < 12; i++)
        {
            var parent = tree.NodeCount > 0 && random.Next(4) > 0 ? tree.Nodes[random.Next(tree.NodeCount)] : null;
            var turn = Turns.Commit(random, $"t{i}", parent, random.Next(1, 4));
            records.Add(RecordMapper.ToRecord(turn));
            tree.Commit(turn);
        }

        return (tree, records);
    }

    private static void AssertSame(SessionTree expected, SessionTree actual)
    {
        Assert.Equal(expected.Leaves.Select(node => node.Id), actual.Leaves.Select(node => node.Id));
        Assert.Equal(expected.Nodes.Select(Describe), actual.Nodes.Select(Describe));
        Assert.Equal((expected.TurnCount, expected.ContinuityFallbacks), (actual.TurnCount, actual.ContinuityFallbacks));
    }

    private static string Describe(TurnNode node) => string.Join(
        '|',
        node.Id,
        node.Parent?.Id,
        node.TurnId,
        node.ChoiceIndex,
        node.TokenCount,
        node.EndHash,
        node.MessageCount,
        node.Model,
        node.Tokenizer,
        node.BranchReason,
        node.ContinuityFallback,
        node.CreatedAt.UtcTicks,
        node.Tracked,
        node.EngineFinishReason,
        node.ClientFinishReason,
        string.Join(',', node.Prompt.TokenIds.ToArray()),
        string.Join(',', node.Completion.TokenIds.ToArray()),
        string.Join(',', node.Completion.Logprobs.ToArray().Select(BitConverter.SingleToInt32Bits)),
        string.Join(',', node.Completion.Parts),
        Describe(node.Answer));

    private static string Describe(AssistantAnswer? answer) => answer is null
        ? "none"
        : $"{answer.Content ?? "null"},{answer.Reasoning ?? "null"},{string.Join(',', answer.ToolCalls)}";
}
