using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class CallObjectTests
{
    [Fact]
    public async Task Call_made_of_plain_callbacks_gives_what_they_give()
    {
        var disposed = 0;
        var headers = Task.FromResult(new Metadata());
        var trailers = new Metadata();
        var call = new AsyncUnaryCall<string>(
            Task.FromResult("answer"), headers, () => Status.DefaultCancelled, () => trailers, () => disposed++);

        Assert.Equal("answer", await call);
        Assert.Equal("answer", await call.ConfigureAwait(false));
        Assert.Same(headers, call.ResponseHeadersAsync);
        Assert.Equal(Status.DefaultCancelled, call.GetStatus());
        Assert.Same(trailers, call.GetTrailers());
        call.Dispose();
        Assert.Equal(1, disposed);
    }

    [Fact]
    public async Task Call_made_of_callbacks_with_a_state_hands_it_to_each()
    {
        var state = new List<string>();
        var call = new AsyncDuplexStreamingCall<string, string>(
            null!,
            null!,
            s => Note(s, "headers", Task.FromResult(Metadata.Empty)),
            s => Note(s, "status", Status.DefaultSuccess),
            s => Note(s, "trailers", Metadata.Empty),
            s => Note(s, "dispose", 0),
            state);

        await call.ResponseHeadersAsync;
        call.GetStatus();
        call.GetTrailers();
        call.Dispose();

        Assert.Equal(["headers", "status", "trailers", "dispose"], state);

        static T Note<T>(object state, string text, T result)
        {
            ((List<string>)state).Add(text);
            return result;
        }
    }

    [Fact]
    public async Task Writer_that_cannot_cancel_refuses_a_token_that_can_be_cancelled()
    {
        IAsyncStreamWriter<string> writer = new PlainWriter();
        using var source = new CancellationTokenSource();

        await writer.WriteAsync("a", CancellationToken.None);
        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("b", source.Token));
        Assert.Equal(["a"], ((PlainWriter)writer).Written);
    }

    [Fact]
    public async Task ReadAllAsync_reads_to_the_end_and_passes_the_token()
    {
        var reader = new CountingReader(3);
        using var source = new CancellationTokenSource();

        Assert.Equal([1, 2, 3], await reader.ReadAllAsync(source.Token).ToListAsync());
        Assert.Equal(source.Token, reader.LastToken);
        await foreach (var item in new CountingReader(1).ReadAllAsync().WithCancellation(source.Token))
        {
            Assert.Equal(1, item);
        }
    }

    private sealed class PlainWriter : IAsyncStreamWriter<string>
    {
        public List<string> Written { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Written.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class CountingReader(int count) : IAsyncStreamReader<int>
    {
        public int Current { get; private set; }

        public CancellationToken LastToken { get; private set; }

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            LastToken = cancellationToken;
            return Task.FromResult(++Current <= count);
        }
    }
}
