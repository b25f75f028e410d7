namespace Atropos.ChatFormats;

/// <summary>What a delta adds to.</summary>
public enum OutputDeltaKind
{
    /// <summary>Text of the answer.</summary>
    Content,

    /// <summary>Text of the reasoning.</summary>
    Reasoning,

    /// <summary>A new tool call: its index, id and name.</summary>
    ToolCallBegin,

    /// <summary>The next piece of a tool call's arguments.</summary>
    ToolCallArguments,
}
