namespace Atropos.Tokenizers.Text;

/// <summary>Finds the character that holds a UTF-8 byte of a text, quickest where bytes are asked for in order.</summary>
/// <param name="text">The text; a lone surrogate counts as U+FFFD, three bytes.</param>
internal ref struct ByteCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _character;
    private int _byte;

    /// <summary>The index, in UTF-16 units, of the character that holds the byte; of the last character for a byte behind the text.</summary>
    public int CharacterAt(int index)
    {
        if (index < _byte)
        {
            (_character, _byte) = (0, 0);
        }

        while (true)
        {
            var point = CodePoints.At(_text, _character, out var length);
            var bytes = CodePoints.Utf8Length(point);
            if (index < _byte + bytes || _character + length == _text.Length)
            {
                return _character;
            }

            _byte += bytes;
            _character += length;
        }
    }
}
