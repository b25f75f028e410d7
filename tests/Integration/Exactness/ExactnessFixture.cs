using Atropos.Integration.Tests.Support;
using Atropos.ReferenceEngine;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Exactness;

/// <summary>A recording engine, and a gateway that speaks one dialect to it and serves one model.</summary>
internal sealed class ExactnessFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private ExactnessFixture(TemporaryFolder folder, RecordingEngine engine, Gateway gateway)
    {
        _folder = folder;
        Engine = engine;
        Gateway = gateway;
    }

    public RecordingEngine Engine { get; }

    public Gateway Gateway { get; }

    public static async Task<ExactnessFixture> StartAsync(string model, string dialect)
    {
        var folder = new TemporaryFolder();
        var engine = await RecordingEngine.StartAsync();
        var gateway = await Gateway.StartAsync(
            "--config", engine.WriteServersFile(folder, model, dialect), "--store", folder.File("sessions.db"));
        return new ExactnessFixture(folder, engine, gateway);
    }

    /// <summary>
    /// Proves every node against the engine's own record: each sampled run on it is, id for id and bit for bit of the
    /// log-probabilities, what the engine sampled, and everything before the run is what the engine was sent for it.
    /// </summary>
    public void AssertNodesAreWhatWasSentAndSampled(IEnumerable<RecordedNode> nodes)
    {
        var choices = Engine.Choices;
        foreach (var node in nodes)
        {
            node.AssertAligned();
            var runs = SampledRuns(node).ToList();
            Assert.NotEmpty(runs);
            foreach (var (start, end) in runs)
            {
                Assert.Contains(choices, choice => IsRun(node, start, end, choice));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Engine.DisposeAsync();
        _folder.Dispose();
    }

    private static bool IsRun(RecordedNode node, int start, int end, RecordedChoice choice) =>
        choice.PromptIds.Count == start
        && choice.OutputIds.Count == end - start
        && node.Tokens.Take(start).SequenceEqual(choice.PromptIds)
        && node.Tokens[start..end].SequenceEqual(choice.OutputIds)
        && node.Logprobs[start..end].Select(BitConverter.SingleToInt32Bits).SequenceEqual(choice.Logprobs.Select(BitConverter.SingleToInt32Bits));

    private static IEnumerable<(int Start, int End)> SampledRuns(RecordedNode node)
    {
        for (var i = 0; i < node.Tokens.Length; i++)
        {
            if (node.MaskedTokens[i] == -100)
            {
                continue;
            }

            var start = i;
            while (i < node.Tokens.Length && node.MaskedTokens[i] != -100)
            {
                i++;
            }

            yield return (start, i);
        }
    }
}
