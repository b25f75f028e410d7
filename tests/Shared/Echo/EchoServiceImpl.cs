using Grpc.Core;

namespace Atropos.Tests.Echo;

/// <summary>The echo service, as its proto describes it; a failing code of -1 throws what no handler should.</summary>
public sealed class EchoServiceImpl(EchoProbe probe) : EchoService.EchoServiceBase
{
    public override async Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context)
    {
        await EchoHeadersAsync(context);
        await ObeyAsync(request, context);
        return Echo(request, 0);
    }

    public override async Task<EchoResponse> Collect(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        await EchoHeadersAsync(context);
        var texts = new List<string>();
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await ObeyAsync(requestStream.Current, context);
            texts.Add(requestStream.Current.Text);
        }

        return new EchoResponse { Text = string.Join(',', texts), Index = texts.Count };
    }

    public override async Task Expand(EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        await EchoHeadersAsync(context);
        for (var i = 0; i < request.Count; i++)
        {
            await responseStream.WriteAsync(Echo(request, i));
        }

        await ObeyAsync(request, context);
    }

    public override async Task Chat(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        await EchoHeadersAsync(context);
        for (var i = 0; await requestStream.MoveNext(context.CancellationToken); i++)
        {
            await ObeyAsync(requestStream.Current, context);
            await responseStream.WriteAsync(Echo(requestStream.Current, i));
        }
    }

    private static EchoResponse Echo(EchoRequest request, int index) =>
        new() { Text = request.Text, Payload = request.Payload, Index = index };

    private static async Task EchoHeadersAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValueBytes("x-echo-bin") is { } bytes)
        {
            context.ResponseTrailers.Add("x-echo-bin", bytes);
        }

        context.ResponseTrailers.Add("x-method", context.Method);
        if (context.RequestHeaders.GetValue("x-echo") is { } text)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "x-echo", text } });
        }
    }

    private async Task ObeyAsync(EchoRequest request, ServerCallContext context)
    {
        if (request.Hang)
        {
            probe.Hanging.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }
            finally
            {
                probe.Cancelled.TrySetResult();
            }
        }

        switch (request.FailCode)
        {
            case 0:
                return;
            case -1:
                throw new InvalidOperationException(request.FailDetail);
            case > 100:
                context.Status = new Status((StatusCode)(request.FailCode - 100), request.FailDetail);
                return;
            default:
                throw new RpcException(
                    new Status((StatusCode)request.FailCode, request.FailDetail), new Metadata { { "x-why", "asked-for" } });
        }
    }
}
