using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Runs normalizers one after another.</summary>
internal sealed class SequenceNormalizer(Normalizer[] steps) : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var current = TextBuffer.Rent();
        var next = TextBuffer.Rent();
        var changed = false;
        foreach (var step in steps)
        {
            if (step.TryNormalize(changed ? current.Span : text, next))
            {
                (current, next) = (next, current);
                next.Length = 0;
                changed = true;
            }
        }

        if (changed)
        {
            output.Append(current.Span);
        }

        TextBuffer.Return(current);
        TextBuffer.Return(next);
        return changed;
    }
}
