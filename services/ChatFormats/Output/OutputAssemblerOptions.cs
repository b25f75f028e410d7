namespace Atropos.ChatFormats;

/// <summary>How one completion's text is taken apart.</summary>
public sealed record OutputAssemblerOptions
{
    /// <summary>Strings that end the generation; the text is cut before the first of them.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    /// <summary>Whether the stop string stays at the end of the text.</summary>
    public bool IncludeStopString { get; init; }

    /// <summary>The name of a reasoning parser (<see cref="ReasoningParsers.Names"/>); null leaves thinking in the content.</summary>
    public string? ReasoningParser { get; init; }

    /// <summary>Whether the rendered prompt ends inside an opened thinking block.</summary>
    public bool StartsInsideThinking { get; init; }

    /// <summary>The name of a tool-call parser (<see cref="ToolCallParsers.Names"/>); null leaves calls in the content.</summary>
    public string? ToolCallParser { get; init; }

    /// <summary>The tools of the request. Without any, calls are not looked for.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether the request says <c>tool_choice: "none"</c>: calls are then not looked for.</summary>
    public bool ToolChoiceNone { get; init; }

    /// <summary>
    /// Whether a call's arguments go out while the model writes them. Then a call that breaks off or turns out malformed stays a call
    /// with what there was of its arguments. Otherwise a call goes out once it is whole and valid, and what never becomes so is content.
    /// </summary>
    public bool StreamArguments { get; init; }

    /// <summary>Makes the ids of calls; <see cref="CallIds.Random"/> unless given.</summary>
    public Func<string> NewCallId { get; init; } = CallIds.Random;
}
