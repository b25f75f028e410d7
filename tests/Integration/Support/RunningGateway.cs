namespace Atropos.Integration.Tests.Support;

/// <summary>One standalone process, with nothing kept on disk, for all tests of a class.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    internal Gateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await Gateway.StartAsync("--store", "memory");

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    internal Task<HttpResponseMessage> PostAsync(string path, string request) =>
        Gateway.Http.PostAsync(path, new StringContent(request, System.Text.Encoding.UTF8, "application/json"));
}
