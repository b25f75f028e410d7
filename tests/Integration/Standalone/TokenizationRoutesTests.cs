using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atropos.Integration.Tests.Support;

namespace Atropos.Integration.Tests.Standalone;

/// <summary>The tokenizers' REST routes as clients of vLLM, LMDeploy and happy_vllm use them: the JSON of requests and answers.</summary>
public sealed class TokenizationRoutesTests(RunningGateway running) : IClassFixture<RunningGateway>
{
    private static readonly string[] Routes =
    [
        "/tokenize", "/detokenize", "/tokenizer_info", "/v1/encode",
        "/tokenizer", "/decode", "/split_text", "/metadata_text",
        "/happy_vllm/rs/v1/tokenizer", "/happy_vllm/rs/v1/decode", "/happy_vllm/rs/v1/split_text", "/happy_vllm/rs/v1/metadata_text",
    ];

    [Theory]
    [InlineData("/tokenize", """{"prompt":"Hello world","return_token_strs":true}""",
        """{"count":3,"max_model_len":32768,"tokens":[534,562,417],"token_strs":["Hello","Ġwor","ld"]}""")]
    [InlineData("/tokenize", """{"model":"echo","prompt":"Hello","return_token_strs":null}""",
        """{"count":1,"max_model_len":32768,"tokens":[534],"token_strs":null}""")]
    [InlineData("/tokenize", """{"model":"reference","messages":[{"role":"user","content":"Hello"}],"tools":null}""",
        """{"count":9,"max_model_len":32768,"tokens":[4090,277,198,534,4091,198,4090,280,198],"token_strs":null}""")]
    [InlineData("/detokenize", """{"model":"reference","tokens":[4090,277,534]}""", """{"prompt":"<|im_start|>userHello"}""")]
    [InlineData("/detokenize", """{"tokens":[]}""", """{"prompt":""}""")]
    [InlineData("/v1/encode", """{"input":"Hello","do_preprocess":false,"add_bos":true}""", """{"input_ids":[534],"length":1}""")]
    [InlineData("/v1/encode", """{"input":["Hello","Hello world",""]}""", """{"input_ids":[[534],[534,562,417],[]],"length":[1,3,0]}""")]
    [InlineData("/v1/encode", """{"input":[]}""", """{"input_ids":[],"length":[]}""")]
    [InlineData("/v1/encode", """{"input":"Hello","do_preprocess":true}""",
        """{"input_ids":[4090,277,198,534,4091,198,4090,280,198],"length":9}""")]
    public Task A_request_is_answered_in_the_form_of_its_server(string path, string request, string answer) => AssertAnswerAsync(path, request, answer);

    [Theory]
    [InlineData("tokenizer", """{"text":" wor ld"}""", """{"tokens_ids":[562,282,67],"tokens_nb":3}""")]
    [InlineData("tokenizer", """{"text":"Hello wor","with_tokens_str":true,"vanilla":true}""",
        """{"tokens_ids":[534,562],"tokens_nb":2,"tokens_str":["Hello","Ġwor"]}""")]
    [InlineData("tokenizer", """{"text":"Hello wor","with_tokens_str":true,"vanilla":false}""",
        """{"tokens_ids":[534,562],"tokens_nb":2,"tokens_str":["Hello"," wor"]}""")]
    [InlineData("decode", """{"token_ids":[562,417],"with_tokens_str":true,"vanilla":false}""",
        """{"decoded_string":" world","tokens_str":[" wor","ld"],"tokens_nb":2}""")]
    [InlineData("decode", """{"token_ids":[4090]}""", """{"decoded_string":"<|im_start|>","tokens_nb":1}""")]
    [InlineData("split_text", """{"text":"One. Two ! Three","num_tokens_in_chunk":1}""", """{"split_text":["One."," Two !"," Three"]}""")]
    [InlineData("split_text", """{"text":"One. Two ! Three","num_tokens_in_chunk":1,"separators":[]}""", """{"split_text":["One. Two ! Three"]}""")]
    [InlineData("metadata_text", """{"text":"Hey, how are you ?","truncation_side":"left","max_length":3}""",
        """{"tokens_nb":6,"nb_tokens":6,"truncated_text":"Hey, how"}""")]
    public async Task A_route_of_happy_vllm_is_there_with_its_prefix_and_without(string name, string request, string answer)
    {
        await AssertAnswerAsync("/" + name, request, answer);
        await AssertAnswerAsync("/happy_vllm/rs/v1/" + name, request, answer);
    }

    [Theory]
    [InlineData("/tokenize", """{"prompt":["a"]}""", HttpStatusCode.BadRequest, "prompt")]
    [InlineData("/tokenize", """{"prompt":"a","add_special":true}""", HttpStatusCode.BadRequest, "add_special")]
    [InlineData("/tokenize", """{"prompt":"a","model":"nope"}""", HttpStatusCode.NotFound, "model")]
    [InlineData("/tokenize", """{"messages":[{"role":"user","content":"a"}],"chat_template":"{{ x"}""", HttpStatusCode.BadRequest, "chat_template")]
    [InlineData("/detokenize", """{"tokens":[1,4096]}""", HttpStatusCode.BadRequest, "tokens[1]")]
    [InlineData("/detokenize", """{"tokens":[99999999999]}""", HttpStatusCode.BadRequest, "tokens[0]")]
    [InlineData("/detokenize", """{"tokens":["1"]}""", HttpStatusCode.BadRequest, "tokens[0]")]
    [InlineData("/v1/encode", """{"input":5}""", HttpStatusCode.BadRequest, "input")]
    [InlineData("/v1/encode", """{"input":["a",5]}""", HttpStatusCode.BadRequest, "input[1]")]
    [InlineData("/tokenizer", """{"text":"a\ud800"}""", HttpStatusCode.BadRequest, "text")]
    [InlineData("/decode", """{"token_ids":[-1]}""", HttpStatusCode.BadRequest, "token_ids[0]")]
    [InlineData("/split_text", """{"text":"a","num_tokens":1}""", HttpStatusCode.BadRequest, "num_tokens")]
    [InlineData("/metadata_text", """{"text":"a","truncation_side":"up"}""", HttpStatusCode.BadRequest, "truncation_side")]
    public async Task A_bad_request_is_refused_by_its_field(string path, string request, HttpStatusCode status, string field)
    {
        using var response = await running.PostAsync(path, request);

        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal((status, field), (response.StatusCode, error.GetProperty("param").GetString()));
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_configuration_is_an_object_with_class_and_template()
    {
        var first = await running.Gateway.GetAsync("/tokenizer_info");
        var named = await running.Gateway.GetAsync("/tokenizer_info?model=reference");

        Assert.Equal("PreTrainedTokenizerFast", (string?)first["tokenizer_class"]);
        Assert.Equal(32768, (int?)first["model_max_length"]);
        Assert.Contains("<|im_start|>", (string?)first["chat_template"]);
        Assert.Equal(first.ToJsonString(), named.ToJsonString());
    }

    [Fact]
    public async Task A_conversation_has_the_ids_that_a_chat_completion_sends()
    {
        object[] messages = [new { role = "system", content = "You help." }, new { role = "user", content = "Hi 🙂" }];

        var rendered = await running.Gateway.PostAsync("/v1/chat/completions/render", new { messages });
        var tokenized = await running.Gateway.PostAsync("/tokenize", new { messages });

        Assert.Equal(rendered["token_ids"]!.ToJsonString(), tokenized["tokens"]!.ToJsonString());
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_split_into_what_it_is_made_of()
    {
        var text = string.Concat(Enumerable.Repeat("Hello there, how are you? 你好. ", 30_000));

        var answer = await running.Gateway.PostAsync("/split_text", new { text });

        Assert.Equal(text, string.Concat(answer["split_text"]!.AsArray().Select(piece => (string?)piece)));
    }

    [Fact]
    public async Task The_document_of_the_api_has_every_route()
    {
        var paths = (await running.Gateway.GetAsync("/openapi.json"))["paths"]!.AsObject();

        Assert.All(Routes, route => Assert.True(paths.ContainsKey(route), route));
    }

    private async Task AssertAnswerAsync(string path, string request, string answer)
    {
        using var response = await running.PostAsync(path, request);

        Assert.Equal(answer, await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
