using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Separate;

/// <summary>The processes that docker-compose.yml starts, started in its order and with its options.</summary>
public sealed class FourProcessesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Four_processes_do_what_one_does()
    {
        await using var engine = HostProcess.Start("atropos-reference-engine", "--port", "0");
        var engineUrl = await engine.ListeningAsync();
        await using var tokenizer = HostProcess.Start("atropos-tokenizer", "--port", "0", "--tokenizer", "reference=reference");
        var tokenizerUrl = await tokenizer.ListeningAsync();
        await using var router = HostProcess.Start("atropos-inference-router", "--port", "0", "--config", WriteServersFile(engineUrl));
        var routerUrl = await router.ListeningAsync();
        await using var tracker = HostProcess.Start(
            "atropos-session-tracker", "--port", "0", "--tokenizer-address", tokenizerUrl, "--router-address", routerUrl,
            "--store", _folder.File("sessions.db"));
        var trackerUrl = await tracker.ListeningAsync();
        await using var edge = HostProcess.Start("atropos-edge", "--port", "0", "--tracker-address", trackerUrl);
        await using var gateway = Gateway.Attach(edge, new Uri(await edge.ListeningAsync()));

        foreach (var url in (string[])[tokenizerUrl, routerUrl, trackerUrl])
        {
            await AssertHealthyAsync(url);
        }

        Assert.Equal("ok", (string?)(await gateway.GetAsync("/health"))["status"]);
        var tokenized = await gateway.PostAsync("/tokenize", new { prompt = "Hello world", return_token_strs = true });
        Assert.Equal("""["Hello","Ġwor","ld"]""", tokenized["token_strs"]!.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Contains("<|im_start|>", (string?)(await gateway.GetAsync("/tokenizer_info"))["chat_template"]);
        var uuid = await gateway.CreateSessionAsync();
        var conversation = new Conversation(gateway, uuid);
        for (var turn = 0; turn < 3; turn++)
        {
            await conversation.AskAsync($"Question {turn}?", maxTokens: 24, stream: turn == 1);
        }

        var node = Assert.Single(await gateway.NodesAsync(uuid));
        node.AssertAligned();
        Assert.Equal(3, Regex.Count(node.FullText, "Question"));

        foreach (var process in (HostProcess[])[edge, tracker, router, tokenizer, engine])
        {
            process.Terminate();
            Assert.Equal(0, await process.WaitForExitAsync());
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertHealthyAsync(string url)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, url + "/healthz")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request);
        Assert.Equal("serving", await response.Content.ReadAsStringAsync());
    }

    private string WriteServersFile(string engineUrl)
    {
        var file = _folder.File("servers.json");
        File.WriteAllText(
            file,
            $$"""{"model_name": "reference", "tokenizer_name": "reference", "servers": [{"base_url": "{{engineUrl}}", "server_type": "vllm"}]}""");
        return file;
    }
}
