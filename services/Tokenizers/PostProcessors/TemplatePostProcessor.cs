namespace Atropos.Tokenizers.PostProcessors;

/// <summary>Fills a template of special tokens and the sequence.</summary>
/// <param name="parts">The template's parts in order: the ids of a special token, or null where the sequence goes.</param>
internal sealed class TemplatePostProcessor(int[]?[] parts) : PostProcessor
{
    public override void Process(ReadOnlySpan<int> sequence, List<int> output)
    {
        foreach (var part in parts)
        {
            if (part is null)
            {
                output.AddRange(sequence);
            }
            else
            {
                output.AddRange(part);
            }
        }
    }
}
