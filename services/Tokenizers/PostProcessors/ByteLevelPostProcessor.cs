namespace Atropos.Tokenizers.PostProcessors;

/// <summary>Trims offsets in the original; ids pass through it unchanged.</summary>
internal sealed class ByteLevelPostProcessor : PostProcessor
{
    public override void Process(ReadOnlySpan<int> sequence, List<int> output) => output.AddRange(sequence);
}
