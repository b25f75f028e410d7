using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Runs normalizers one after another.</summary>
internal sealed class SequenceNormalizer(Normalizer[] steps) : Normalizer
{
    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var current = TextBuffer.Rent(output.Tracks);
        var next = TextBuffer.Rent(output.Tracks);
        var changed = false;
        foreach (var step in steps)
        {
            if (step.TryNormalize(changed ? current.Span : text, next))
            {
                if (changed && output.Tracks)
                {
                    next.Rebase(current);
                }

                (current, next) = (next, current);
                next.Length = 0;
                changed = true;
            }
        }

        if (changed)
        {
            output.Append(current.Span);
            if (output.Tracks)
            {
                current.Sources.CopyTo(output.Sources);
            }
        }

        TextBuffer.Return(current);
        TextBuffer.Return(next);
        return changed;
    }
}
