using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Standalone;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task After_kill_9_every_turn_whose_end_a_client_saw_is_there()
    {
        var seen = new ConcurrentBag<(string Session, int[] Tokens)>();
        var store = _folder.File("sessions.db");
        await using (var gateway = await Gateway.StartAsync("--store", store))
        {
            using var killed = new CancellationTokenSource();
            using var turns = new SemaphoreSlim(0);
            var clients = Enumerable.Range(0, 16).Select(i => RunTurnsAsync(gateway, i, seen, turns, killed.Token)).ToArray();
            for (var i = 0; i < 200; i++)
            {
                Assert.True(await turns.WaitAsync(TimeSpan.FromSeconds(60)), gateway.Process.Errors);
            }

            await gateway.Process.KillAsync();
            await killed.CancelAsync();
            await Task.WhenAll(clients);
        }

        await using var restarted = await Gateway.StartAsync("--store", store);
        foreach (var session in seen.GroupBy(turn => turn.Session))
        {
            var nodes = await restarted.NodesAsync(session.Key, "tree");
            Assert.All(nodes, node => node.AssertAligned());
            foreach (var (_, tokens) in session)
            {
                Assert.Contains(nodes, node => node.Tokens.AsSpan().SequenceEqual(tokens));
            }
        }
    }

    [Fact]
    public async Task Ctrl_C_lets_turns_in_flight_finish()
    {
        await using var gateway = await Gateway.StartAsync("--store", _folder.File("sessions.db"), "--engine-tokens-per-second", "200");
        var uuid = await gateway.CreateSessionAsync();
        using var request = ChatRequest.Streaming(uuid, "Tell me a long story.", maxTokens: 100, ignoreEos: true);
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        await reader.ReadLineAsync();

        gateway.Process.Interrupt();
        var rest = await reader.ReadToEndAsync();

        Assert.EndsWith("data: [DONE]\n\n", rest, StringComparison.Ordinal);
        Assert.Equal(0, await gateway.Process.WaitForExitAsync());
    }

    public void Dispose() => _folder.Dispose();

    private static async Task RunTurnsAsync(
        Gateway gateway,
        int client,
        ConcurrentBag<(string Session, int[] Tokens)> seen,
        SemaphoreSlim turns,
        CancellationToken killed)
    {
        try
        {
            var uuid = await gateway.CreateSessionAsync();
            var messages = new List<object>();
            for (var turn = 0; !killed.IsCancellationRequested; turn++)
            {
                messages.Add(new { role = "user", content = $"Client {client}, turn {turn}." });
                var answer = turn % 2 == 0
                    ? SeenAnswer.Of(await gateway.PostAsync(Path(uuid), Body(messages, stream: false)))
                    : await StreamAsync(gateway, Path(uuid), Body(messages, stream: true), killed);
                seen.Add((uuid, answer.Tokens));
                turns.Release();
                messages.Add(new { role = "assistant", content = answer.Content });
                if (turn % 10 == 9)
                {
                    messages.Clear();
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            // The gateway was killed in the middle of this call: its end was not seen.
        }
    }

    private static string Path(string uuid) => $"/{uuid}/v1/chat/completions";

    private static object Body(List<object> messages, bool stream) => new { messages, max_tokens = 8, return_token_ids = true, stream };

    /// <summary>Reads a stream to the chunk that says how it ended; what comes after that is not waited for.</summary>
    private static async Task<SeenAnswer> StreamAsync(Gateway gateway, string path, object body, CancellationToken killed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, killed);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(killed));
        var answer = new SeenAnswer("", []);
        while (await reader.ReadLineAsync(killed) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
            {
                continue;
            }

            answer = answer.With(JsonNode.Parse(line["data: ".Length..])!, out var ended);
            if (ended)
            {
                return answer;
            }
        }

        throw new IOException("The stream ended before the answer did.");
    }

    /// <summary>What a client saw: the text, and all ids of the turn, prompt first.</summary>
    private sealed record SeenAnswer(string Content, int[] Tokens)
    {
        public static SeenAnswer Of(JsonNode completion)
        {
            var choice = completion["choices"]![0]!;
            return new((string?)choice["message"]!["content"] ?? "", [.. Ids(completion["prompt_token_ids"]), .. Ids(choice["token_ids"])]);
        }

        public SeenAnswer With(JsonNode chunk, out bool ended)
        {
            var choice = chunk["choices"]![0]!;
            ended = choice["finish_reason"] is not null;
            return new(
                Content + (string?)choice["delta"]!["content"],
                [.. Tokens, .. Ids(chunk["prompt_token_ids"]), .. Ids(choice["token_ids"])]);
        }

        private static IEnumerable<int> Ids(JsonNode? ids) => ids?.AsArray().Select(id => (int)id!) ?? [];
    }
}
