using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class CallOptionsTests
{
    [Fact]
    public void Each_with_changes_one_thing_in_a_copy()
    {
        var headers = new Metadata();
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var source = new CancellationTokenSource();
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var writes = new WriteOptions(WriteFlags.NoCompress);
        var empty = new CallOptions();

        var full = empty.WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token)
            .WithCredentials(credentials).WithWriteOptions(writes).WithWaitForReady();

        Assert.Same(headers, full.Headers);
        Assert.Equal(deadline, full.Deadline);
        Assert.Equal(source.Token, full.CancellationToken);
        Assert.Same(credentials, full.Credentials);
        Assert.Same(writes, full.WriteOptions);
        Assert.True(full.IsWaitForReady);
        Assert.False(full.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(full.PropagationToken);
        Assert.Equal(default, empty);
    }
}
