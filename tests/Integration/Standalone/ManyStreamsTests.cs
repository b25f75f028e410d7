using Atropos.Integration.Tests.Support;

namespace Atropos.Integration.Tests.Standalone;

public sealed class ManyStreamsTests : IDisposable
{
    private const int Streams = 1000;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_thousand_streams_at_once_finish_without_a_lost_turn_and_memory_returns_to_its_level()
    {
        await using var gateway = await Gateway.StartAsync("--store", _folder.File("sessions.db"));
        await RunRoundAsync(gateway);
        var level = gateway.Process.ResidentBytes();

        await RunRoundAsync(gateway);
        await RunRoundAsync(gateway);

        // What a round needs is kept for the next one by the allocator; what must not happen is growth by the round.
        Assert.InRange(gateway.Process.ResidentBytes(), 0, level + (level / 2));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RunRoundAsync(Gateway gateway)
    {
        var sessions = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            sessions.Add(await gateway.CreateSessionAsync());
        }

        var results = await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => RunStreamAsync(gateway, sessions[i % sessions.Count], i)));

        Assert.All(results, text => Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal));
        Assert.All(results, text => Assert.DoesNotContain("\"error\"", text, StringComparison.Ordinal));
        foreach (var uuid in sessions)
        {
            var nodes = await gateway.NodesAsync(uuid);
            Assert.Equal(Streams / sessions.Count, nodes.Count);
            Assert.All(nodes, node => node.AssertAligned());
            using var deleted = await gateway.Http.DeleteAsync($"/{uuid}");
            Assert.True(deleted.IsSuccessStatusCode);
        }
    }

    private static async Task<string> RunStreamAsync(Gateway gateway, string uuid, int number)
    {
        using var request = ChatRequest.Streaming(uuid, $"Stream {number}.", maxTokens: 32);
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return await response.Content.ReadAsStringAsync();
    }
}
