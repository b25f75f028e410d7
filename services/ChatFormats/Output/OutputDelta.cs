namespace Atropos.ChatFormats;

/// <summary>A certain piece of the result. It is never taken back; all of one kind concatenated are the whole.</summary>
/// <param name="Kind">What it adds to.</param>
/// <param name="Text">The text that it adds; empty for <see cref="OutputDeltaKind.ToolCallBegin"/>.</param>
/// <param name="ToolIndex">The call's index from 0, in order of appearance; -1 outside tool calls.</param>
/// <param name="CallId">The call's id; with <see cref="OutputDeltaKind.ToolCallBegin"/> only.</param>
/// <param name="Name">The function's whole name; with <see cref="OutputDeltaKind.ToolCallBegin"/> only.</param>
public readonly record struct OutputDelta(
    OutputDeltaKind Kind, string Text, int ToolIndex = -1, string? CallId = null, string? Name = null);
