using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Integration.Tests.Support;

/// <summary>A client that keeps its own history, as agents do, and sees text only.</summary>
internal sealed class Conversation(Gateway gateway, string uuid)
{
    private readonly List<object> _messages = [];

    /// <summary>Asks, and adds question and answer to the history.</summary>
    public async Task<string> AskAsync(string text, int maxTokens, bool stream)
    {
        _messages.Add(new { role = "user", content = text });
        var body = new { messages = _messages, max_tokens = maxTokens, stream };
        var answer = stream ? await StreamAsync(body) : await WholeAsync(body);
        _messages.Add(new { role = "assistant", content = answer });
        return answer;
    }

    private async Task<string> WholeAsync(object body)
    {
        var answer = await gateway.PostAsync($"/{uuid}/v1/chat/completions", body);
        return (string?)answer["choices"]![0]!["message"]!["content"] ?? "";
    }

    private async Task<string> StreamAsync(object body)
    {
        using var response = await gateway.Http.PostAsJsonAsync($"/{uuid}/v1/chat/completions", body);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        var answer = new StringBuilder();
        foreach (var data in events[..^1])
        {
            var chunk = JsonNode.Parse(data["data: ".Length..])!;
            answer.Append((string?)chunk["choices"]![0]!["delta"]!["content"]);
        }

        return answer.ToString();
    }
}
