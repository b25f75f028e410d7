using Atropos.Compat.Tests.Calls;
using Atropos.Tests.Echo;

namespace Atropos.Compat.Tests.Foreign;

public sealed class NodeTests
{
    [Fact(Timeout = 120_000)]
    public async Task Client_in_node_calls_our_server()
    {
        var node = ForeignTools.NodeOrSkip();
        await using var server = await EchoServer.StartAsync(new EchoServiceImpl(new EchoProbe()));

        await using var client = ForeignProcess.Start(
            node, ForeignTools.Script("node", "client.mjs"), new Uri(server.Address).Authority, ForeignTools.EchoProto);

        await client.AssertSuccessAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Our_client_calls_a_server_in_node()
    {
        var node = ForeignTools.NodeOrSkip();
        await using var server = ForeignProcess.Start(node, ForeignTools.Script("node", "server.mjs"), ForeignTools.EchoProto);

        await ForeignServerChecks.RunAsync(await server.PortAsync());
    }
}
