using Atropos.Compat.Tests.Calls;
using Atropos.Tests.Echo;

namespace Atropos.Compat.Tests.Foreign;

public sealed class PythonTests : IDisposable
{
    private readonly string _descriptor = ForeignTools.WriteDescriptor();

    public void Dispose() => File.Delete(_descriptor);

    [Fact(Timeout = 120_000)]
    public async Task Client_in_python_calls_our_server()
    {
        var python = ForeignTools.PythonOrSkip();
        await using var server = await EchoServer.StartAsync(new EchoServiceImpl(new EchoProbe()));

        await using var client = ForeignProcess.Start(
            python, ForeignTools.Script("python", "client.py"), new Uri(server.Address).Authority, _descriptor);

        await client.AssertSuccessAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Our_client_calls_a_server_in_python()
    {
        var python = ForeignTools.PythonOrSkip();
        await using var server = ForeignProcess.Start(python, ForeignTools.Script("python", "server.py"), _descriptor);

        await ForeignServerChecks.RunAsync(await server.PortAsync());
    }
}
