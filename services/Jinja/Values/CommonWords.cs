using System.Collections.Frozen;

namespace Atropos.Jinja;

/// <summary>Strings that chat templates and conversations are full of, one object for each: equal words that are the same object
/// compare at once.</summary>
internal static class CommonWords
{
    private const int Longest = 17;

    private static readonly FrozenDictionary<string, string> All = new[]
    {
        "role", "content", "user", "assistant", "system", "tool", "developer", "tool_calls", "tool_call_id", "function", "name", "arguments",
        "id", "type", "text", "parameters", "properties", "required", "description", "reasoning_content", "thinking", "string", "object",
        "integer", "number", "boolean", "array", "enum", "items", "default", "image", "image_url", "video", "audio", "ipython", "return",
    }.ToFrozenDictionary(word => word);

    /// <summary>The shared object of this text, or the text itself where it is no common word.</summary>
    public static string Share(string text) => text.Length <= Longest && All.TryGetValue(text, out var word) ? word : text;
}
