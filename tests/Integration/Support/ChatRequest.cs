using System.Net.Http.Json;

namespace Atropos.Integration.Tests.Support;

/// <summary>HTTP requests for chat completions.</summary>
internal static class ChatRequest
{
    public static HttpRequestMessage Streaming(string? uuid, string text, int maxTokens, bool ignoreEos = false) =>
        new(HttpMethod.Post, uuid is null ? "/v1/chat/completions" : $"/{uuid}/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                messages = new[] { new { role = "user", content = text } },
                max_tokens = maxTokens,
                ignore_eos = ignoreEos,
                stream = true,
            }),
        };
}
