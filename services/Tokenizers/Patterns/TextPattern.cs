using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Something that can be searched for in text, with Oniguruma's semantics. Safe for use from several threads.</summary>
internal abstract class TextPattern
{
    /// <summary>Finds the first match that starts at <paramref name="from"/> or later; what lies before it is visible to look-behind.</summary>
    public abstract bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end);

    /// <summary>
    /// Steps through the matches as the original does: an empty match directly after the last match is passed over.
    /// <paramref name="from"/> and <paramref name="lastEnd"/> carry the state; start with 0 and -1.
    /// </summary>
    public bool TryNext(ReadOnlySpan<char> text, ref int from, ref int lastEnd, out int start, out int end)
    {
        while (from <= text.Length && TryFind(text, from, out start, out end))
        {
            if (start != end || end != lastEnd)
            {
                from = end;
                lastEnd = end;
                return true;
            }

            from = end;
            if (from < text.Length)
            {
                CodePoints.At(text, from, out var length);
                from += length;
            }
            else
            {
                from++;
            }
        }

        start = end = 0;
        return false;
    }

    /// <summary>Appends the text with every match replaced; or returns false, with nothing appended, when there is no match.</summary>
    public bool TryReplace(ReadOnlySpan<char> text, ReadOnlySpan<char> replacement, TextBuffer output)
    {
        var from = 0;
        var lastEnd = -1;
        var copied = 0;
        var any = false;
        while (TryNext(text, ref from, ref lastEnd, out var start, out var end))
        {
            any = true;
            output.Copy(text[copied..start], copied);
            output.Put(replacement, end > 0 ? end - 1 : TextBuffer.BeforeAll);
            copied = end;
        }

        if (any)
        {
            output.Copy(text[copied..], copied);
        }

        return any;
    }
}
