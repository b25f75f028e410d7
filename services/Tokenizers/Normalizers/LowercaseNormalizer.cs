using System.Buffers;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Lowercases character by character, without regard to the context or the language.</summary>
internal sealed class LowercaseNormalizer : Normalizer
{
    // Everything of ASCII that stays as it is.
    private static readonly SearchValues<char> Unchanged =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(static value => (char)value).Where(static value => !char.IsAsciiLetterUpper(value))]);

    public override bool TryNormalize(ReadOnlySpan<char> text, TextBuffer output)
    {
        var kept = 0;
        var any = false;
        for (var at = 0; at < text.Length;)
        {
            var skipped = text[at..].IndexOfAnyExcept(Unchanged);
            if (skipped < 0)
            {
                break;
            }

            at += skipped;
            var point = CodePoints.At(text, at, out var length);
            if (point == 0x130 || CodePoints.ToNewestLower(point) != point)
            {
                output.Copy(text[kept..at], kept);
                CodePoints.PutLowercase(point, at, output);
                kept = at + length;
                any = true;
            }

            at += length;
        }

        if (any)
        {
            output.Copy(text[kept..], kept);
        }

        return any;
    }
}
