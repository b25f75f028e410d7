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

    /// <summary>Copies the next so many UTF-16 units of the old text.</summary>
    public void Keep(int units)
    {
        output.Copy(_text.Slice(_read, units), _read);
        _read += units;
    }

    /// <summary>How many UTF-16 units of the old text have been given way for.</summary>
    public readonly int Read => _read;

    /// <summary>
    /// Writes a character that stands, with 0, in the place of the next old one; with a number below, of that and of so many further
    /// ones; with a number above, of none.
    /// </summary>
    public void Write(int codePoint, int change)
    {
        if (change > 0)
        {
            output.PutCodePoint(codePoint, Behind());
            return;
        }

        // An old text that is used up gives its last character as the source, as the original's alignment does at its end.
        output.PutCodePoint(codePoint, _read < _text.Length ? _read : Behind());
        for (var left = 1 - change; left > 0 && _read < _text.Length; left--)
        {
            CodePoints.At(_text, _read, out var length);
            _read += length;
        }
    }

    private readonly int Behind() => _read > 0 ? _read - 1 : TextBuffer.BeforeAll;
}
