using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Replacing fixed texts.</summary>
internal static class Literals
{
    /// <summary>Appends the text with every <paramref name="literal"/> replaced; an empty one is found around every character.</summary>
    public static void Replace(ReadOnlySpan<char> text, string literal, string content, TextBuffer output)
    {
        if (literal.Length == 0)
        {
            ReplaceEmpty(text, content, output);
            return;
        }

        while (text.IndexOf(literal, StringComparison.Ordinal) is >= 0 and var found)
        {
            output.Append(text[..found]);
            output.Append(content);
            text = text[(found + literal.Length)..];
        }

        output.Append(text);
    }

    /// <summary>How much of a text can be decided before more of it comes: up to a possible beginning of the literal, which is not empty,
    /// that the text's end cuts off.</summary>
    public static int Settled(ReadOnlySpan<char> text, string literal)
    {
        if (literal.Length == 1)
        {
            return text.Length;
        }

        var after = 0;
        while (text[after..].IndexOf(literal, StringComparison.Ordinal) is >= 0 and var found)
        {
            after += found + literal.Length;
        }

        for (var length = Math.Min(literal.Length - 1, text.Length - after); length > 0; length--)
        {
            if (text.EndsWith(literal.AsSpan(0, length), StringComparison.Ordinal))
            {
                return text.Length - length;
            }
        }

        return text.Length;
    }

    private static void ReplaceEmpty(ReadOnlySpan<char> text, string content, TextBuffer output)
    {
        output.Append(content);
        while (!text.IsEmpty)
        {
            CodePoints.At(text, 0, out var length);
            output.Append(text[..length]);
            output.Append(content);
            text = text[length..];
        }
    }
}
