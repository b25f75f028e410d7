using System.Runtime.InteropServices;

namespace Atropos.Tokenizers.PostProcessors;

/// <summary>Runs post-processors one after another, each on the result of the one before it.</summary>
internal sealed class SequencePostProcessor(PostProcessor[] steps) : PostProcessor
{
    public override void Process(ReadOnlySpan<int> sequence, List<int> output)
    {
        var current = new List<int>(sequence.Length + 8);
        current.AddRange(sequence);
        foreach (var step in steps)
        {
            var next = new List<int>(current.Count + 8);
            step.Process(CollectionsMarshal.AsSpan(current), next);
            current = next;
        }

        output.AddRange(current);
    }
}
