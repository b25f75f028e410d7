using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;

namespace Atropos.Integration.Tests.Standalone;

/// <summary>Chat templates over REST: the JSON of requests and answers.</summary>
public sealed class RenderRoutesTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    private const string ChatMl = """<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n""";
    private const string Ids = "[4090,277,198,534,4091,198,4090,280,198]";

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hello"}]}""", $$"""{"prompt_text":"{{ChatMl}}","token_ids":{{Ids}},"num_tokens":9}""")]
    [InlineData("""{"model":"echo","messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}""",
        $$"""{"prompt_text":"{{ChatMl}}","token_ids":{{Ids}},"num_tokens":9}""")]
    [InlineData("""{"chat_template":"{{ messages[0].content }}","messages":[{"role":"ipython","content":{"b":1.0,"a":null}}]}""",
        """{"prompt_text":"{'b': 1.0, 'a': None}"}""")]
    [InlineData("""{"model":"reference","chat_template":"Hello{{ x }}","messages":[{"role":"user"}],"chat_template_kwargs":{"x":" world"}}""",
        """{"prompt_text":"Hello world","token_ids":[534,562,417],"num_tokens":3}""")]
    [InlineData("""{"chat_template":"{{ bos_token }}{{ n }}","messages":[{"role":"user"}],"chat_template_kwargs":{"bos_token":"<s>","n":9007199254740993}}""",
        """{"prompt_text":"<s>9007199254740993"}""")]
    public async Task A_conversation_is_rendered(string request, string answer)
    {
        using var response = await running.PostAsync("/render", request);

        Assert.Equal(answer, (await response.Content.ReadAsStringAsync()).Replace("\\u003C", "<", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("""{"chat_template":"{{ raise_exception('Roles “must” alternate!') }}","messages":[{"role":"user"}]}""", "messages", "Roles “must” alternate!")]
    [InlineData("""{"model":"reference","chat_template":"{{ raise_exception('No!') }}","messages":[{"role":"user"}]}""", "messages", "No!")]
    [InlineData("""{"chat_template":"a\n{% if %}","messages":[{"role":"user"}]}""", "chat_template", "line 2")]
    [InlineData("""{"chat_template":"{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}","messages":[{"role":"user"}]}""", "chat_template", "limit")]
    [InlineData("""{"messages":[{"content":"a"}]}""", "messages[0].role", "missing")]
    [InlineData("""{"model":"reference"}""", "messages", "missing")]
    [InlineData("""{"messages":"a"}""", "messages", "array")]
    [InlineData("""{"messages":[{"role":"user"}],"chat_template_kwargs":[1]}""", "chat_template_kwargs", "object")]
    [InlineData("""{"messages":[{"role":"user"}],"documents":[1]}""", "documents[0]", "object")]
    public async Task A_conversation_that_cannot_be_rendered_is_a_bad_request(string request, string field, string message)
    {
        using var response = await running.PostAsync("/render", request);

        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, error.GetProperty("param").GetString()));
        Assert.Contains(message, error.GetProperty("message").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        using var response = await running.PostAsync("/render", """{"model":"nope","messages":[{"role":"user"}]}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_document_of_the_api_tells_its_types()
    {
        var document = await running.Gateway.GetAsync("/openapi.json");

        Assert.NotNull(document["paths"]!["/render"]!["post"]);
        var properties = document["components"]!["schemas"]!["atropos.sessions.v1.RenderRequest"]!["properties"]!;
        Assert.Equal("array", (string?)properties["messages"]!["type"]);
        var chat = document["components"]!["schemas"]!["openai.v1.ChatCompletionRequest"]!["properties"]!;
        Assert.Equal("object", (string?)chat["chat_template_kwargs"]!["type"]);
        Assert.Equal("array", (string?)chat["documents"]!["type"]);
    }

    [Fact]
    public async Task A_session_s_template_survives_a_restart()
    {
        const string Template = "{{ messages[-1].content }}{{ mark }}";
        using var folder = new TemporaryFolder();
        string uuid;
        await using (var before = await Gateway.StartAsync("--store", folder.File("sessions.db")))
        {
            uuid = await before.CreateSessionAsync(new { chat_template = Template, chat_template_kwargs = new { mark = 1.5 } });
        }

        await using var after = await Gateway.StartAsync("--store", folder.File("sessions.db"));
        var session = await after.GetAsync($"/sessions/{uuid}");
        var preview = await after.PostAsync($"/{uuid}/v1/chat/completions/render", new { messages = new[] { new { role = "user", content = "Hello" } } });

        Assert.Equal((Template, """{"mark":1.5}"""), ((string?)session["chat_template"], session["chat_template_kwargs"]!.ToJsonString()));
        Assert.Equal("Hello1.5", (string?)preview["prompt_text"]);
    }

    [Fact]
    public async Task A_session_whose_template_does_not_compile_is_refused()
    {
        using var response = await running.PostAsync("/sessions/create", """{"chat_template":"\n{{ oh no }}"}""");

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal((HttpStatusCode.BadRequest, "chat_template"), (response.StatusCode, (string?)error["param"]));
        Assert.Contains("line 2", (string?)error["message"]);
    }

    [Fact]
    public async Task A_preview_is_what_the_next_turn_sends_and_its_ids_are_its_text()
    {
        var uuid = await running.Gateway.CreateSessionAsync(new { chat_template_kwargs = new { enable_thinking = false } });
        var tool = new { type = "function", function = new { name = "search", parameters = new { type = "object" } } };
        var messages = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hello 🙂" });
        for (var turn = 0; turn < 3; turn++)
        {
            var preview = await running.Gateway.PostAsync($"/{uuid}/v1/chat/completions/render", new { messages, tools = new[] { tool } });
            var nodes = await running.Gateway.NodesAsync(uuid, "tree");
            Assert.Equal(turn, nodes.Count);
            var answer = await running.Gateway.PostAsync(
                $"/{uuid}/v1/chat/completions", new { messages, tools = new[] { tool }, max_tokens = 8, seed = turn, return_token_ids = true });
            var text = await running.Gateway.PostAsync("/detokenize", new { tokens = preview["token_ids"] });

            Assert.Equal(preview["token_ids"]!.ToJsonString(), answer["prompt_token_ids"]!.ToJsonString());
            Assert.Equal((string?)text["prompt"], (string?)preview["prompt_text"]);
            Assert.Equal(turn > 0, (int)preview["reused_tokens"]! > 0);
            messages.Add(answer["choices"]![0]!["message"]!.DeepClone());
            messages.Add(new JsonObject { ["role"] = "user", ["content"] = "Go on." });
        }
    }
}
