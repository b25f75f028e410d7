namespace Atropos.InferenceRouter.Tests;

/// <summary>SGLang's answers, byte for byte as its documentation has them.</summary>
internal static class Sglang
{
    public const string Running = "null";
    public const string Eos = """{"type":"stop","matched":99}""";

    /// <summary>An event: <paramref name="count"/> is the engine's own count of sampled tokens.</summary>
    public static string Event(int[] ids, string[] logprobs, int count, string finish = Running, int? index = null, string? idsJson = null, string more = "") =>
        $$"""{"text":" x",{{idsJson ?? $"\"output_ids\":[{string.Join(',', ids)}],"}}"meta_info":{"id":"g-123","finish_reason":{{finish}},"prompt_tokens":3,"weight_version":"v1","output_token_logprobs":[{{string.Join(',', ids.Zip(logprobs, (id, lp) => $"[{lp},{id},null]"))}}],{{more}}"completion_tokens":{{count}},"cached_tokens":1}{{(index is null ? "" : $",\"index\":{index}")}}}""";
}
