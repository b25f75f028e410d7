using System.Diagnostics;
using System.Net.Http.Json;
using Atropos.Benchmarks.Peers;

namespace Atropos.Benchmarks.Load;

/// <summary>Sends streaming chat requests, so many at once, and times them.</summary>
internal sealed class LoadGenerator(int concurrency, int requests)
{
    private static readonly byte[] EventEnd = "\n\n"u8.ToArray();
    private static readonly byte[] End = "[DONE]\n\n"u8.ToArray();

    public async Task<LoadResult> RunAsync(Peer peer, bool inSessions)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = concurrency, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = peer.Url };
        var first = new TimeSpan[requests];
        var whole = new TimeSpan[requests];
        var chunks = 0L;
        var next = -1;
        var paths = new string[concurrency];
        for (var i = 0; i < concurrency; i++)
        {
            paths[i] = inSessions ? await SessionPathAsync(client, peer) : peer.Path;
        }

        var cpuBefore = peer.CpuTime();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(paths.Select(path => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < requests)
            {
                var events = await RunOneAsync(client, path, number, first, whole);
                Interlocked.Add(ref chunks, events);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(begun);
        var cpu = peer.CpuTime() - cpuBefore;
        Array.Sort(first);
        Array.Sort(whole);
        return new LoadResult(requests, chunks, elapsed, first, whole, cpu);
    }

    private static async Task<string> SessionPathAsync(HttpClient client, Peer peer)
    {
        using var session = await client.PostAsJsonAsync("/sessions/create", new { });
        return $"/{(await session.Content.ReadFromJsonAsync<Session>())!.Uuid}{peer.Path}";
    }

    private static async Task<int> RunOneAsync(HttpClient client, string path, int number, TimeSpan[] first, TimeSpan[] whole)
    {
        var begun = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new
            {
                model = "m",
                messages = new[] { new { role = "user", content = $"Request {number}: please say something about the weather." } },
                max_tokens = Engine.FakeEngine.Tokens,
                stream = true,
            }),
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[16384];
        var events = 0;
        var previousWasNewline = false;
        var tail = new byte[End.Length];
        var done = false;
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            if (events == 0)
            {
                first[number] = Stopwatch.GetElapsedTime(begun);
            }

            events += CountEvents(buffer.AsSpan(0, read), ref previousWasNewline);
            done = EndsDone(tail, buffer.AsSpan(0, read));
        }

        whole[number] = Stopwatch.GetElapsedTime(begun);
        return done ? events - 1 : throw new InvalidOperationException($"A stream ended without [DONE] after {events} events.");
    }

    /// <summary>Keeps the last bytes of the stream in <paramref name="tail"/>, and tells whether they are the end mark.</summary>
    private static bool EndsDone(byte[] tail, ReadOnlySpan<byte> read)
    {
        var kept = Math.Max(0, tail.Length - read.Length);
        tail.AsSpan(tail.Length - kept).CopyTo(tail);
        read[^(tail.Length - kept)..].CopyTo(tail.AsSpan(kept));
        return tail.AsSpan().SequenceEqual(End);
    }

    private static int CountEvents(ReadOnlySpan<byte> bytes, ref bool previousWasNewline)
    {
        var events = 0;
        if (previousWasNewline && bytes[0] == (byte)'\n')
        {
            events++;
        }

        events += bytes.Count(EventEnd);
        previousWasNewline = bytes[^1] == (byte)'\n' && !bytes.EndsWith(EventEnd);
        return events;
    }

    private sealed record Session(string Uuid);
}
