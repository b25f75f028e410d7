using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Atropos.Tests.Echo;

/// <summary>What holds of every call, however it is carried. Derived classes say how.</summary>
public abstract class EchoContract : IAsyncLifetime
{
    protected const int Limit = 60_000;

    protected EchoProbe Probe { get; } = new();

    protected CallInvoker Invoker { get; private set; } = null!;

    protected EchoService.EchoServiceClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Invoker = await StartAsync(new EchoServiceImpl(Probe));
        Client = new EchoService.EchoServiceClient(Invoker);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts serving, with these interceptors on the server's side, and gives the way to call it.</summary>
    protected abstract Task<CallInvoker> StartAsync(EchoServiceImpl service, params Interceptor[] interceptors);

    protected virtual Task StopAsync() => Task.CompletedTask;
}
