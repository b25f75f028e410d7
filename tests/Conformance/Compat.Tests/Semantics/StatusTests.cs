using Grpc.Core;

namespace Atropos.Compat.Tests.Semantics;

public class StatusTests
{
    [Fact]
    public void Status_as_text_names_code_and_detail()
    {
        var cause = new TimeoutException("slow");

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"gone\")", new Status(StatusCode.NotFound, "gone").ToString());
        Assert.Equal(
            "Status(StatusCode=\"Unknown\", Detail=\"x\", DebugException=\"System.TimeoutException: slow\")",
            new Status(StatusCode.Unknown, "x", cause).ToString());
    }

    [Fact]
    public void Default_statuses_are_success_and_cancelled()
    {
        Assert.Equal((StatusCode.OK, ""), (Status.DefaultSuccess.StatusCode, Status.DefaultSuccess.Detail));
        Assert.Equal((StatusCode.Cancelled, ""), (Status.DefaultCancelled.StatusCode, Status.DefaultCancelled.Detail));
        Assert.Equal(StatusCode.OK, default(Status).StatusCode);
    }

    [Fact]
    public void Exception_carries_status_trailers_and_cause()
    {
        var cause = new TimeoutException("slow");
        var status = new Status(StatusCode.Unavailable, "down", cause);
        var trailers = new Metadata { { "a", "1" } };
        var exception = new RpcException(status, trailers);

        Assert.Equal((StatusCode.Unavailable, status.ToString()), (exception.StatusCode, exception.Message));
        Assert.Same(trailers, exception.Trailers);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal("own", new RpcException(status, "own").Message);
        Assert.Empty(new RpcException(status).Trailers);
        Assert.Throws<ArgumentNullException>(() => new RpcException(status, (Metadata)null!));
    }
}
