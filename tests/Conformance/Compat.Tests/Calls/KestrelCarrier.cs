using Atropos.Tests.Echo;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Atropos.Compat.Tests.Calls;

/// <summary>Carries calls over sockets; ends what it started.</summary>
internal sealed class KestrelCarrier
{
    private readonly List<EchoServer> _servers = [];
    private readonly List<GrpcChannel> _channels = [];

    public async Task<CallInvoker> StartAsync(EchoServiceImpl service, Interceptor[] interceptors)
    {
        var server = await EchoServer.StartAsync(service, interceptors);
        _servers.Add(server);
        var channel = server.Connect();
        _channels.Add(channel);
        return channel.CreateCallInvoker();
    }

    public async Task StopAsync()
    {
        foreach (var channel in _channels)
        {
            await channel.ShutdownAsync();
            channel.Dispose();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
