namespace Atropos.ChatFormats.Reasoning;

/// <summary>How a family marks its reasoning.</summary>
internal sealed record ThinkTagOptions
{
    public static readonly ThinkTagOptions DeepSeekR1 = new();

    public static readonly ThinkTagOptions Qwen3 = new() { Interrupter = "<tool_call>", SwallowsFurtherEnds = true };

    public string Start { get; init; } = "<think>";

    public string End { get; init; } = "</think>";

    /// <summary>A marker that ends the reasoning too, and stays in the content; null for none.</summary>
    public string? Interrupter { get; init; }

    /// <summary>Whether end markers after the reasoning vanish from the content.</summary>
    public bool SwallowsFurtherEnds { get; init; }
}
