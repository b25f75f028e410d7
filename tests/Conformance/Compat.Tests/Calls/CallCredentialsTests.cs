using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Compat.Tests.Calls;

public class CallCredentialsTests
{
    [Fact(Timeout = 60_000)]
    public async Task Credentials_of_channel_and_call_add_their_headers_in_order()
    {
        await using var server = await EchoServer.StartAsync(new EchoServiceImpl(new EchoProbe()));
        AuthInterceptorContext? seen = null;
        var ofChannel = CallCredentials.FromInterceptor((context, metadata) =>
        {
            seen = context;
            metadata.Add("x-echo", "authenticated");
            return Task.CompletedTask;
        });
        var order = new List<string>();
        var ofCall = CallCredentials.Compose(
            CallCredentials.FromInterceptor((_, metadata) => AddAsync(metadata, "first")),
            CallCredentials.FromInterceptor((_, metadata) => AddAsync(metadata, "x-echo-bin")));
        using var channel = server.Connect(options =>
        {
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, ofChannel);
            options.UnsafeUseInsecureChannelCallCredentials = true;
        });

        using var call = new EchoService.EchoServiceClient(channel).UnaryAsync(
            new EchoRequest(), new CallOptions(credentials: ofCall));
        var headers = await call.ResponseHeadersAsync;
        await call;

        Assert.Equal("authenticated", headers.GetValue("x-echo"));
        Assert.Equal([2], call.GetTrailers().GetValueBytes("x-echo-bin"));
        Assert.Equal(["first", "x-echo-bin"], order);
        Assert.Equal("Unary", seen!.MethodName);
        Assert.EndsWith("atropos.compat.v1.EchoService", seen.ServiceUrl, StringComparison.Ordinal);

        Task AddAsync(Metadata metadata, string key)
        {
            order.Add(key);
            if (key == "x-echo-bin")
            {
                metadata.Add(key, [2]);
            }

            return Task.CompletedTask;
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Channel_is_intercepted_as_an_invoker_is()
    {
        await using var server = await EchoServer.StartAsync(new EchoServiceImpl(new EchoProbe()));
        using var channel = server.Connect();
        var seen = new List<string>();
        var invoker = channel.Intercept(new NotingInterceptor("one", seen), new NotingInterceptor("two", seen));

        await new EchoService.EchoServiceClient(invoker).UnaryAsync(new EchoRequest());

        Assert.Equal(["one Unary", "two Unary"], seen);
    }
}
