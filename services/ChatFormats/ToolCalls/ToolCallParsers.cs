namespace Atropos.ChatFormats;

/// <summary>The tool-call parsers by name: vLLM's names, with SMG's and SGLang's as aliases.</summary>
public static class ToolCallParsers
{
    private delegate ToolCallParser Factory(IReadOnlyList<ToolDefinition> tools, bool streamArguments, Func<string> newCallId);

    private static readonly Dictionary<string, Factory> Factories = new(StringComparer.Ordinal)
    {
        ["hermes"] = static (_, stream, newId) => new ToolCalls.HermesToolCallParser("<tool_call>", stream, newId),
        ["longcat"] = static (_, stream, newId) => new ToolCalls.HermesToolCallParser("<longcat_tool_call>", stream, newId),
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["qwen"] = "hermes",
        ["qwen25"] = "hermes",
    };

    /// <summary>Every name that <see cref="Create"/> knows, aliases included, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Factories.Keys.Concat(Aliases.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Creates a parser for one completion.</summary>
    /// <param name="name">The parser's name or an alias of it.</param>
    /// <param name="tools">The tools of the request; formats without types take the arguments' types from them.</param>
    /// <param name="streamArguments">As <see cref="OutputAssemblerOptions.StreamArguments"/>.</param>
    /// <param name="newCallId">Makes the ids of calls; <see cref="CallIds.Random"/> when null.</param>
    /// <exception cref="ArgumentException">The name is not known; the message lists those that are.</exception>
    public static ToolCallParser Create(
        string name, IReadOnlyList<ToolDefinition> tools, bool streamArguments = false, Func<string>? newCallId = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tools);
        return Factories.TryGetValue(Aliases.GetValueOrDefault(name, name), out var factory)
            ? factory(tools, streamArguments, newCallId ?? CallIds.Random)
            : throw new ArgumentException($"Unknown tool-call parser '{name}'; known are {string.Join(", ", Names)}.", nameof(name));
    }
}
