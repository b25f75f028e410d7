using System.ClientModel;
using Atropos.Integration.Tests.Support;
using Atropos.TestSupport;
using OpenAI;
using OpenAI.Chat;

namespace Atropos.Integration.Tests.Standalone;

/// <summary>OpenAI's own SDK for .NET, unmodified, with a session's base URL.</summary>
public sealed class OpenAiSdkTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Gateway _gateway = null!;
    private string _uuid = "";

    public async ValueTask InitializeAsync()
    {
        _gateway = await Gateway.StartAsync("--store", _folder.File("sessions.db"));
        _uuid = await _gateway.CreateSessionAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Three_turns_streamed_and_not_are_one_node()
    {
        var client = CreateClient("reference");
        List<ChatMessage> messages = [new SystemChatMessage("You are brief.")];
        for (var turn = 0; turn < 3; turn++)
        {
            messages.Add(new UserChatMessage($"Question {turn}?"));
            var options = new ChatCompletionOptions { MaxOutputTokenCount = 20 };
            messages.Add(new AssistantChatMessage(turn == 1 ? await StreamAsync(client, messages, options) : await WholeAsync(client, messages, options)));
        }

        var node = Assert.Single(await _gateway.NodesAsync(_uuid));
        node.AssertAligned();
    }

    [Fact]
    public async Task Log_probabilities_are_those_of_the_node()
    {
        ChatCompletion completion = await CreateClient("reference").CompleteChatAsync(
            [new UserChatMessage("Hi")],
            new ChatCompletionOptions { MaxOutputTokenCount = 12, IncludeLogProbabilities = true, TopLogProbabilityCount = 3 });

        var node = Assert.Single(await _gateway.NodesAsync(_uuid));
        Assert.Equal(node.Sampled.Select(i => node.Logprobs[i]), completion.ContentTokenLogProbabilities.Select(entry => entry.LogProbability));
        Assert.All(completion.ContentTokenLogProbabilities, entry => Assert.Equal(3, entry.TopLogProbabilities.Count));
    }

    [Fact]
    public async Task A_stop_string_ends_the_text()
    {
        ChatCompletion completion = await CreateClient("echo").CompleteChatAsync(
            [new UserChatMessage("alpha beta gamma delta")], new ChatCompletionOptions { StopSequences = { "gamma" } });

        Assert.Equal("alpha beta ", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
    }

    [Fact]
    public async Task A_tool_call_is_typed_and_its_result_continues_the_node()
    {
        var client = CreateClient("echo");
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("get_weather", "Tells the weather.") } };
        List<ChatMessage> messages =
            [new UserChatMessage("<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>")];

        ChatCompletion first = await client.CompleteChatAsync(messages, options);
        Assert.Equal(ChatFinishReason.ToolCalls, first.FinishReason);
        var call = Assert.Single(first.ToolCalls);
        Assert.Equal("get_weather", call.FunctionName);
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(call.Id, "Rain."));
        await client.CompleteChatAsync(messages, options);

        Assert.Single(await _gateway.NodesAsync(_uuid));
    }

    [Fact]
    public async Task A_bad_request_is_an_exception_with_our_words()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => CreateClient("nope").CompleteChatAsync([new UserChatMessage("Hi")]));

        Assert.Equal(404, error.Status);
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> WholeAsync(ChatClient client, List<ChatMessage> messages, ChatCompletionOptions options)
    {
        ChatCompletion completion = await client.CompleteChatAsync(messages, options);
        Assert.True(completion.Usage.OutputTokenCount > 0);
        return completion.Content[0].Text;
    }

    private static async Task<string> StreamAsync(ChatClient client, List<ChatMessage> messages, ChatCompletionOptions options)
    {
        var text = "";
        ChatFinishReason? reason = null;
        await foreach (var update in client.CompleteChatStreamingAsync(messages, options))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            reason = update.FinishReason ?? reason;
        }

        Assert.NotNull(reason);
        return text;
    }

    private ChatClient CreateClient(string model) => new(
        model,
        new ApiKeyCredential("any"),
        new OpenAIClientOptions { Endpoint = new Uri(_gateway.Rest, $"{_uuid}/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) });
}
