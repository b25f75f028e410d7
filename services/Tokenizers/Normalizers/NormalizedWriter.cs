using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>
/// Writes what a normalizer makes of a text in the original's terms, from which a character's source follows: each new character
/// takes the place of the next old one and swallows some after it, or is put behind what has been read.
/// </summary>
/// <param name="text">The old text.</param>
/// <param name="output">Where the new one goes.</param>
internal ref struct NormalizedWriter(ReadOnlySpan<char> text, TextBuffer output)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _read;

    /// <summary>Passes over the next so many characters of the old text, which vanish.</summary>
    public void Drop(int codePoints) => Skip(codePoints);

    /// <summary>Writes a character in the place of the next old one and of <paramref name="swallowed"/> further ones.</summary>
    public void Replace(int codePoint, int swallowed = 0)
    {
        // An old text that is used up gives its last character as the source, as the original's alignment does at its end.
        output.PutCodePoint(codePoint, _read < _text.Length ? _read : Behind());
        Skip(1 + swallowed);
    }

    /// <summary>Writes a character that no old one gives way for.</summary>
    public readonly void Insert(int codePoint) => output.PutCodePoint(codePoint, Behind());

    private readonly int Behind() => _read > 0 ? _read - 1 : TextBuffer.BeforeAll;

    private void Skip(int codePoints)
    {
        for (; codePoints > 0 && _read < _text.Length; codePoints--)
        {
            CodePoints.At(_text, _read, out var length);
            _read += length;
        }
    }
}
