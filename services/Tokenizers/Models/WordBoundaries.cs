using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// Where a text may be cut before byte-pair encoding without a change of the result: between two characters of which no merge
/// joins the one, at the end of its left side, to the other, at the beginning of its right side.
/// </summary>
/// <remarks>
/// That holds because a symbol's text is the text that it covers, which is made sure of first: no two tokens share an id.
/// </remarks>
internal abstract class WordBoundaries
{
    private const int Ascii = 128;

    private readonly UInt128[] _joinedAscii = new UInt128[Ascii];

    /// <summary>The end of the word that begins at <paramref name="start"/>.</summary>
    public int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var left = CodePoints.At(text, start, out var length);
        var at = start + length;
        while (at < text.Length)
        {
            var right = CodePoints.At(text, at, out length);
            var joined = (left | right) < Ascii ? (_joinedAscii[left] >> right & 1) != 0 : LooksJoined(left, right);
            if (!joined)
            {
                break;
            }

            left = right;
            at += length;
        }

        return at;
    }

    /// <summary>Whether a cut between two characters might change something.</summary>
    protected abstract bool LooksJoined(int left, int right);

    /// <summary>Writes down what <see cref="LooksJoined"/> says of the most frequent characters, once it is known.</summary>
    protected void RememberAscii()
    {
        for (var left = 0; left < Ascii; left++)
        {
            for (var right = 0; right < Ascii; right++)
            {
                if (LooksJoined(left, right))
                {
                    _joinedAscii[left] |= UInt128.One << right;
                }
            }
        }
    }

    protected static ulong Pair(uint left, uint right) => ((ulong)left << 32) | right;
}
