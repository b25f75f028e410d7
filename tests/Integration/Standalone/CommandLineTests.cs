using System.Net;
using System.Net.Sockets;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Standalone;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Help_documents_every_option()
    {
        await using var process = HostProcess.Start("atropos", "--help");

        Assert.Equal(0, await process.WaitForExitAsync());
        foreach (var option in (string[])["--config", "--port", "--grpc-port", "--host", "--store", "--tokenizer"])
        {
            Assert.Contains(option, process.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{", "servers.json")]
    [InlineData("""{"model_name": "m", "tokenizer_name": "reference", "servers": []}""", "servers")]
    [InlineData("""{"model_name": "m", "tokenizer_name": "reference", "servers": [{"server_type": "vllm"}]}""", "servers[0].base_url")]
    [InlineData("""{"model_name": "m", "tokenizer_name": "reference", "servers": [{"base_url": "http://x", "server_type": "vlm"}]}""", "server_type")]
    [InlineData("""{"model_name": "m", "tokenizer_name": "/no/such/folder", "servers": [{"base_url": "http://x", "server_type": "vllm"}]}""", "/no/such/folder")]
    public async Task A_bad_servers_file_is_one_clear_line_and_exit_code_2(string content, string named)
    {
        var file = _folder.File("servers.json");
        await File.WriteAllTextAsync(file, content);

        await AssertRefusedAsync(named, "--config", file);
    }

    [Fact]
    public Task A_missing_servers_file_is_named() => AssertRefusedAsync("absent.json", "--config", _folder.File("absent.json"));

    [Fact]
    public Task An_unknown_option_is_named() => AssertRefusedAsync("--prot", "--prot", "1");

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await AssertRefusedAsync($"{port}", "--port", $"{port}", "--grpc-port", "0", "--store", _folder.File("s.db"));
    }

    [Fact]
    public async Task A_store_that_another_process_has_open_is_named()
    {
        var store = _folder.File("sessions.db");
        await using var first = await Gateway.StartAsync("--store", store);

        await AssertRefusedAsync(store, "--port", "0", "--grpc-port", "0", "--store", store);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertRefusedAsync(string named, params string[] arguments)
    {
        await using var process = HostProcess.Start("atropos", arguments);

        Assert.Equal(2, await process.WaitForExitAsync());
        Assert.Contains(named, process.Errors, StringComparison.Ordinal);
        Assert.Single(process.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
