using System.Globalization;

namespace Atropos.InferenceRouter.Tests;

/// <summary>vLLM's answers, byte for byte as its documentation has them.</summary>
internal static class Vllm
{
    public const string Done = "[DONE]";

    public static string Chunk(int[] ids, string[] logprobs, string? finish = null, string stop = "null", int index = 0, string prompt = "") => $$"""
        {"id":"cmpl-5f","object":"text_completion","created":1790000000,"model":"m","choices":[{"index":{{index}},"text":" x","logprobs":{"text_offset":[{{string.Join(',', ids.Select((_, i) => i))}}],"token_logprobs":[{{string.Join(',', logprobs)}}],"tokens":[{{string.Join(',', ids.Select(id => $"\"token_id:{id}\""))}}],"top_logprobs":[{{string.Join(',', ids.Zip(logprobs, (id, lp) => $"{{\"token_id:{id}\":{lp}}}"))}}]},"finish_reason":{{(finish is null ? "null" : $"\"{finish}\"")}},"stop_reason":{{stop}},"token_ids":[{{string.Join(',', ids)}}]{{(prompt.Length > 0 ? $",\"prompt_token_ids\":[{prompt}]" : "")}}}]}
        """;

    public static string Token(int id, string logprob, string? finish = null, string stop = "null", int index = 0) =>
        Chunk([id], [logprob], finish, stop, index);

    public static string Usage(int prompt, int completion) =>
        """{"id":"cmpl-5f","object":"text_completion","created":1790000000,"model":"m","choices":[],"usage":{"prompt_tokens":PROMPT,"completion_tokens":COMPLETION,"prompt_tokens_details":{"cached_tokens":2}}}"""
            .Replace("PROMPT", prompt.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("COMPLETION", completion.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static string Event(string data) => $"data: {data}\n\n";
}
