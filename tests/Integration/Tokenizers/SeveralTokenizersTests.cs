using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;
using Atropos.Tokenizers.Tests;

namespace Atropos.Integration.Tests.Tokenizers;

/// <summary>Two models with a tokenizer each, in one process and in four: a request's <c>model</c> says whose ids are meant.</summary>
public sealed class SeveralTokenizersTests : IDisposable
{
    private const int FirstOfA = 1;
    private const int FirstOfB = 301;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_process_picks_by_name()
    {
        await using var engine = await RecordingEngine.StartAsync();
        await using var gateway = await Gateway.StartAsync(
            ["--config", ServersFile(engine), "--store", _folder.File("s.db"), .. Tokenizers()]);

        await AssertPickedByNameAsync(gateway, engine);
    }

    [Fact]
    public async Task Four_processes_pick_by_name()
    {
        await using var engine = await RecordingEngine.StartAsync();
        await using var tokenizer = HostProcess.Start("atropos-tokenizer", ["--port", "0", .. Tokenizers()]);
        await using var router = HostProcess.Start("atropos-inference-router", "--port", "0", "--config", ServersFile(engine));
        await using var tracker = HostProcess.Start(
            "atropos-session-tracker", "--port", "0", "--tokenizer-address", await tokenizer.ListeningAsync(),
            "--router-address", await router.ListeningAsync(), "--store", _folder.File("s.db"));
        await using var edge = HostProcess.Start("atropos-edge", "--port", "0", "--tracker-address", await tracker.ListeningAsync());
        await using var gateway = Gateway.Attach(edge, new Uri(await edge.ListeningAsync()));

        await AssertPickedByNameAsync(gateway, engine);
    }

    [Fact]
    public async Task Files_that_change_begin_a_new_root_in_sessions_that_go_on()
    {
        await using var engine = await RecordingEngine.StartAsync();
        await using var gateway = await Gateway.StartAsync(
            ["--config", ServersFile(engine), "--store", _folder.File("s.db"), .. Tokenizers(), "--tokenizer-check-seconds", "0.2"]);
        var uuid = await gateway.CreateSessionAsync(new { model_name = "model-a" });
        var first = await gateway.PostAsync($"/{uuid}/v1/chat/completions", Chat(("user", "Hi")));
        var before = Assert.Single(await gateway.NodesAsync(uuid));

        ByteTokenizer.Write(_folder.File("a"), FirstOfB);
        await gateway.Process.WaitForAsync(output => output.Contains("loaded anew", StringComparison.Ordinal) ? output : null);
        var answer = (string?)first["choices"]![0]!["message"]!["content"] ?? "";
        await gateway.PostAsync($"/{uuid}/v1/chat/completions", Chat(("user", "Hi"), ("assistant", answer), ("user", "More")));

        var nodes = await gateway.NodesAsync(uuid);
        Assert.Equal(2, nodes.Count);
        Assert.Equal(before.Tokens, nodes[0].Tokens);
        var prompt = ByteTokenizer.Encode($"<user>Hi<assistant>{answer}<user>More<assistant>", FirstOfB);
        Assert.Equal(prompt, nodes[1].Tokens.Take(prompt.Length));
        Assert.Equal(1, (int)(await gateway.GetAsync($"/sessions/{uuid}"))["continuity_fallbacks"]!);
    }

    [Fact]
    public async Task A_models_name_on_a_hub_is_a_tokenizers_location()
    {
        using var hub = new FakeHub();
        hub.Files["tokenizer.json"] = ByteTokenizer.Json(FirstOfB);
        hub.Files["chat_template.jinja"] = Encoding.UTF8.GetBytes(ByteTokenizer.Template);
        await using var engine = await RecordingEngine.StartAsync();
        var config = _folder.File("servers.json");
        await File.WriteAllTextAsync(
            config, $$"""{"model_name": "tiny", "tokenizer_name": "org/tiny", "servers": [{{Server(engine, "one")}}]}""");
        var environment = new Dictionary<string, string>
        {
            ["HF_ENDPOINT"] = hub.Endpoint.ToString().TrimEnd('/'),
            ["HF_HOME"] = _folder.File("hub"),
            ["HF_HUB_OFFLINE"] = "0",
        };

        await using var gateway = await Gateway.StartAsync(
            environment, "--config", config, "--tokenizer", "other=org/tiny", "--store", _folder.File("s.db"));

        foreach (var model in (string[])["tiny", "other"])
        {
            var tokenized = await gateway.PostAsync("/tokenize", new { model, prompt = "Hi" });
            Assert.Equal(ByteTokenizer.Encode("Hi", FirstOfB), Ids(tokenized["tokens"]));
        }

        await gateway.PostAsync("/v1/chat/completions", Chat(("user", "Hi")));
        Assert.Equal(ByteTokenizer.Encode("<user>Hi<assistant>", FirstOfB), engine.Choices[^1].PromptIds);
    }

    private static async Task AssertPickedByNameAsync(Gateway gateway, RecordingEngine engine)
    {
        foreach (var (tokenizer, model, first) in ((string, string, int)[])[("a", "model-a", FirstOfA), ("b", "model-b", FirstOfB)])
        {
            await AssertIdsAsync(gateway, engine, tokenizer, model, first);
        }

        using var unknown = await gateway.Http.PostAsync(
            "/tokenize", new StringContent("""{"model": "c", "prompt": "x"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task AssertIdsAsync(Gateway gateway, RecordingEngine engine, string tokenizer, string model, int first)
    {
        foreach (var name in (string[])[tokenizer, model])
        {
            var tokenized = await gateway.PostAsync("/tokenize", new { model = name, prompt = "Hé" });
            Assert.Equal(ByteTokenizer.Encode("Hé", first), Ids(tokenized["tokens"]));
            var detokenized = await gateway.PostAsync("/detokenize", new { model = name, tokens = ByteTokenizer.Encode("Hé", first) });
            Assert.Equal("Hé", (string?)detokenized["prompt"]);
        }

        var prompt = ByteTokenizer.Encode("<user>Hi<assistant>", first);
        var request = Chat(("user", "Hi"));
        request["model"] = model;
        await gateway.PostAsync("/v1/chat/completions", request);
        Assert.Equal(prompt, engine.Choices[^1].PromptIds);

        var uuid = await gateway.CreateSessionAsync(new { model_name = model });
        await gateway.PostAsync($"/{uuid}/v1/chat/completions", Chat(("user", "Hi")));
        Assert.Equal(prompt, engine.Choices[^1].PromptIds);
        Assert.Equal(prompt, Assert.Single(await gateway.NodesAsync(uuid)).Tokens.Take(prompt.Length));
    }

    private static JsonObject Chat(params (string Role, string Text)[] messages) => new()
    {
        ["messages"] = new JsonArray([.. messages.Select(message => new JsonObject { ["role"] = message.Role, ["content"] = message.Text })]),
        ["max_tokens"] = 5,
    };

    private static int[] Ids(JsonNode? list) => [.. list!.AsArray().Select(id => (int)id!)];

    private static string Server(RecordingEngine engine, string id) =>
        $$"""{"id": "{{id}}", "base_url": "{{engine.Url}}", "server_type": "vllm", "engine_model_name": "reference"}""";

    private string[] Tokenizers() =>
    [
        "--tokenizer", "a=" + ByteTokenizer.Write(_folder.File("a"), FirstOfA), "--tokenizer", "b=" + ByteTokenizer.Write(_folder.File("b"), FirstOfB),
    ];

    private string ServersFile(RecordingEngine engine)
    {
        var file = _folder.File("servers.json");
        var second = Server(engine, "two")[..^1] + """, "model_name": "model-b", "tokenizer_name": "b"}""";
        File.WriteAllText(file, $$"""{"model_name": "model-a", "tokenizer_name": "a", "servers": [{{Server(engine, "one")}}, {{second}}]}""");
        return file;
    }
}
