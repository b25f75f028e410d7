namespace Atropos.ChatFormats;

/// <summary>
/// Divides text as it comes into <see cref="OutputDeltaKind.Reasoning"/> and <see cref="OutputDeltaKind.Content"/>.
/// What it gives does not depend on how the text is cut. For one completion and one thread at a time.
/// </summary>
public abstract class ReasoningParser
{
    /// <summary>Takes text and adds the deltas that are certain now; often none.</summary>
    public abstract void Append(string text, List<OutputDelta> output);

    /// <summary>No text follows: adds the remaining deltas.</summary>
    public abstract void Finish(List<OutputDelta> output);
}
