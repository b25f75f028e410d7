using Atropos.Hosting.Errors;
using Atropos.Hosting.InProcess;
using Atropos.Tests.Echo;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.Hosting.Tests.Errors;

public sealed class ErrorInterceptorTests
{
    private readonly ListLogger<ErrorInterceptor> _log = new();

    [Fact]
    public async Task Domain_errors_become_status_and_trailers_in_every_kind_of_call()
    {
        var client = Serve(_ => new AtroposException(StatusCode.InvalidArgument, "BAD_ROLE", "role: \"boss\" is unknown", "messages[0].role"));

        RpcException[] errors =
        [
            await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest())),
            await Assert.ThrowsAsync<RpcException>(async () => await client.Collect()),
            await Assert.ThrowsAsync<RpcException>(() => client.Expand(new EchoRequest()).ResponseStream.MoveNext()),
            await Assert.ThrowsAsync<RpcException>(() => client.Chat().ResponseStream.MoveNext()),
        ];

        Assert.All(errors, error =>
        {
            Assert.Equal((StatusCode.InvalidArgument, "role: \"boss\" is unknown"), (error.StatusCode, error.Status.Detail));
            Assert.Equal(("BAD_ROLE", "messages[0].role"), (ErrorTrailers.ReadReason(error), ErrorTrailers.ReadField(error)));
        });
        Assert.DoesNotContain(_log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Status_exceptions_pass_unchanged()
    {
        var client = Serve(_ => new RpcException(new Status(StatusCode.Aborted, "again"), new Metadata { { "x-own", "kept" } }));

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest()));

        Assert.Equal((StatusCode.Aborted, "again", "kept"), (error.StatusCode, error.Status.Detail, error.Trailers.GetValue("x-own")));
        Assert.Null(ErrorTrailers.ReadReason(error));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Other_exceptions_are_logged_and_hidden()
    {
        var fault = new InvalidOperationException("connection string=secret");
        var client = Serve(_ => fault);

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest()));

        Assert.Equal((StatusCode.Internal, "INTERNAL"), (error.StatusCode, ErrorTrailers.ReadReason(error)));
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        var entry = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Error, fault), (entry.Level, entry.Exception));
    }

    [Fact]
    public async Task Cancellation_is_no_error_in_the_log()
    {
        var client = Serve(_ => new OperationCanceledException());

        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest()));

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Equal(LogLevel.Debug, Assert.Single(_log.Entries).Level);
    }

    [Fact]
    public async Task Cancellation_after_the_deadline_says_so()
    {
        // The handler's clock is past the deadline that the call's own clock has not reached.
        var interceptor = new ErrorInterceptor(_log, new ShiftedClock(TimeSpan.FromHours(2)));
        var client = Client(new InProcessServices(interceptor).Add(new ThrowingService(_ => new OperationCanceledException())));

        var error = await Assert.ThrowsAsync<RpcException>(
            async () => await client.UnaryAsync(new EchoRequest(), deadline: DateTime.UtcNow.AddHours(1)));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Theory]
    [InlineData("lower_case")]
    [InlineData("WITH SPACE")]
    [InlineData("")]
    public void Reason_that_is_not_upper_snake_is_refused(string reason)
    {
        Assert.Throws<ArgumentException>(() => new AtroposException(StatusCode.Internal, reason, "text"));
    }

    [Fact]
    public void Error_with_the_code_ok_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new AtroposException(StatusCode.OK, "FINE", "text"));
    }

    [Fact]
    public void Field_is_made_fit_for_a_header()
    {
        var error = new AtroposException(StatusCode.InvalidArgument, "BAD_KEY", "text", "logit_bias[\"größe\n\"]").ToRpcException();

        Assert.Equal("logit_bias[\"gr??e?\"]", ErrorTrailers.ReadField(error));
    }

    private static EchoService.EchoServiceClient Client(InProcessServices services) => new(new InProcessCallInvoker(services));

    private EchoService.EchoServiceClient Serve(Func<ServerCallContext, Exception> make) =>
        Client(new InProcessServices(new ErrorInterceptor(_log, TimeProvider.System)).Add(new ThrowingService(make)));

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
