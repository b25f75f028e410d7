using System.Diagnostics;
using System.Text;
using Atropos.Hosting;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using Client = Atropos.Tokenizer.V1.TokenizerService.TokenizerServiceClient;

namespace Atropos.Benchmarks.TokenizerService;

/// <summary>One client that keeps so many calls under way on one Exchange stream.</summary>
internal sealed class StreamLoad(Uri url, int textBytes, int window)
{
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);

    private readonly string[] _texts = Texts(textBytes);
    private readonly Lock _gate = new();
    private int _underWay;
    private TaskCompletionSource? _room;

    /// <summary>Encodes for so long, and gives the number of encodes and the time that they took.</summary>
    public async Task<(long Encodes, TimeSpan Elapsed)> RunAsync(TimeSpan duration)
    {
        using var channel = GrpcChannels.Create(url.ToString());
        using var call = new Client(channel).Exchange();
        var begun = Stopwatch.GetTimestamp();
        var reading = Task.Run(() => ReadAsync(call.ResponseStream));
        var sent = 0L;
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            if (Interlocked.Increment(ref _underWay) > window)
            {
                await RoomAsync();
            }

            var text = _texts[sent % _texts.Length];
            call.RequestStream.WriteOptions = sent % 16 == 15 || Volatile.Read(ref _underWay) >= window - 1 ? null : Buffered;
            await call.RequestStream.WriteAsync(new ExchangeRequest { CorrelationId = (ulong)++sent, Encode = new EncodeRequest { Text = text } });
        }

        await call.RequestStream.CompleteAsync();
        return (await reading, Stopwatch.GetElapsedTime(begun));
    }

    private static string[] Texts(int bytes)
    {
        var random = new Random(1);
        string[] words =
            ["the", "model", "of", "a", "token", "is", "sampled", "from", "its", "logits", "and", "then", "trained", "on", "with", "reward",
             "policy", "gradient", "return", "def", "for", "in", "range", "(", ")", "42", "I", "think", "that", "we", "should", "compute",
             "conversation", "assistant", "answer", "question", "environment", "episode", "rollout", "batch"];
        return [.. Enumerable.Range(0, 1000).Select(_ =>
        {
            var text = new StringBuilder();
            while (text.Length < bytes)
            {
                text.Append(words[random.Next(words.Length)]).Append(' ');
            }

            return text.ToString(0, bytes);
        })];
    }

    private async Task<long> ReadAsync(IAsyncStreamReader<ExchangeResponse> responses)
    {
        var answered = 0L;
        while (await responses.MoveNext(CancellationToken.None))
        {
            if (responses.Current.Encode is not { TokenIds.Count: > 0 })
            {
                throw new InvalidOperationException($"Not an encoding: {responses.Current}");
            }

            answered++;
            Leave();
        }

        return answered;
    }

    private Task RoomAsync()
    {
        lock (_gate)
        {
            // Stored before the count is read, as the reader reads them in the other order.
            var room = _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _underWay) <= window)
            {
                _room = null;
                return Task.CompletedTask;
            }

            return room.Task;
        }
    }

    private void Leave()
    {
        // Half of the window is left empty before the writer goes on, so that it has something to do when it wakes.
        if (Interlocked.Decrement(ref _underWay) <= Math.Max(window / 2, 1) && Volatile.Read(ref _room) is not null)
        {
            lock (_gate)
            {
                _room?.TrySetResult();
                _room = null;
            }
        }
    }
}
