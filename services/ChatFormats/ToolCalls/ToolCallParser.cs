namespace Atropos.ChatFormats;

/// <summary>
/// Finds the tool calls of one format in text as it comes. It gives <see cref="OutputDeltaKind.Content"/> for what is no call.
/// What it gives does not depend on how the text is cut. For one completion and one thread at a time.
/// </summary>
public abstract class ToolCallParser
{
    /// <summary>Takes text and adds the deltas that are certain now; often none.</summary>
    public abstract void Append(string text, List<OutputDelta> output);

    /// <summary>No text follows: adds the remaining deltas.</summary>
    public abstract void Finish(List<OutputDelta> output);
}
