using Atropos.Tokenizers.Models;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Encodings;

/// <summary>Turns positions in UTF-16 units into those of another unit.</summary>
internal static class OffsetConverter
{
    /// <summary>Converts the positions of all tokens of a text in place.</summary>
    public static void Convert(ReadOnlySpan<char> text, TokenSpans tokens, OffsetUnit unit)
    {
        if (unit == OffsetUnit.Utf16 || System.Text.Ascii.IsValid(text))
        {
            return;
        }

        var positions = Positions(text, unit);
        for (var index = 0; index < tokens.Count; index++)
        {
            var token = tokens[index];
            tokens[index] = token with { Start = positions[token.Start], End = positions[token.End] };
        }
    }

    private static int[] Positions(ReadOnlySpan<char> text, OffsetUnit unit)
    {
        var positions = new int[text.Length + 1];
        var position = 0;
        for (var index = 0; index < text.Length;)
        {
            var point = CodePoints.At(text, index, out var length);
            positions.AsSpan(index, length).Fill(position);
            index += length;
            position += unit == OffsetUnit.CodePoints ? 1 : CodePoints.Utf8Length(point);
        }

        positions[text.Length] = position;
        return positions;
    }
}
