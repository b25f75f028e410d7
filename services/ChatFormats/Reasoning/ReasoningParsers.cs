namespace Atropos.ChatFormats;

/// <summary>The reasoning parsers by name: vLLM's names, with SMG's and SGLang's as aliases.</summary>
public static class ReasoningParsers
{
    private static readonly Dictionary<string, Func<bool, ReasoningParser>> Factories = new(StringComparer.Ordinal)
    {
        ["deepseek_r1"] = static inside => new Reasoning.ThinkTagParser(Reasoning.ThinkTagOptions.DeepSeekR1, inside),
        ["qwen3"] = static inside => new Reasoning.ThinkTagParser(Reasoning.ThinkTagOptions.Qwen3, inside),
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["deepseek-r1"] = "deepseek_r1",
        ["qwen3-thinking"] = "qwen3",
        ["qwen3_thinking"] = "qwen3",
    };

    /// <summary>Every name that <see cref="Create"/> knows, aliases included, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Factories.Keys.Concat(Aliases.Keys).Order(StringComparer.Ordinal)];

    /// <summary>Creates a parser for one completion.</summary>
    /// <param name="name">The parser's name or an alias of it.</param>
    /// <param name="startsInsideThinking">
    /// Whether the text begins inside a thinking block, because the prompt opened one. Otherwise only a block that the text itself
    /// opens, before anything but white space, is reasoning.
    /// </param>
    /// <exception cref="ArgumentException">The name is not known; the message lists those that are.</exception>
    public static ReasoningParser Create(string name, bool startsInsideThinking)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Factories.TryGetValue(Aliases.GetValueOrDefault(name, name), out var factory)
            ? factory(startsInsideThinking)
            : throw new ArgumentException($"Unknown reasoning parser '{name}'; known are {string.Join(", ", Names)}.", nameof(name));
    }
}
