using System.Runtime.CompilerServices;
using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// Where a text may be cut before byte-pair encoding without a change of the result: between two characters of which no merge
/// joins the one, at the end of its left side, to the other, at the beginning of its right side. For SentencePiece models that is
/// before a <c>▁</c> above all.
/// </summary>
/// <remarks>
/// That holds because a symbol's text is the text that it covers, which is made sure of first: all that takes part in a merge began
/// as characters, and no two tokens share an id. Characters without a token of their own are cut off only as far as <see cref="_keptTogether"/> says.
/// </remarks>
internal sealed class WordBoundaries
{
    private const int Ascii = 128;

    private readonly CharacterIds _characters;
    private readonly PairSet _joined = new();
    private readonly UInt128[] _joinedAscii = new UInt128[Ascii];

    // So many unknown ones among two characters keep them together.
    private readonly int _keptTogether;

    private WordBoundaries(CharacterIds characters, int keptTogether)
    {
        _characters = characters;
        _keptTogether = keptTogether;
    }

    /// <summary>The boundaries of a model; null where nothing can be said about them.</summary>
    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="merges">Its merges.</param>
    /// <param name="characters">The tokens that are one character.</param>
    /// <param name="odd">The ids that a character can become which are not its own token's: the unknown token's, and those of bytes.</param>
    /// <param name="keptTogether">How many characters without a token, of two neighbours, keep them together: 3 where such a character always
    /// becomes bytes, 2 where several may become one unknown token, 1 where it may vanish and make neighbours of those around it.</param>
    // Loading is over before the runtime would have got round to optimizing it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WordBoundaries? Find(
        Vocabulary vocabulary, MergeTable merges, CharacterIds characters, IReadOnlySet<int> odd, int keptTogether)
    {
        var boundaries = new WordBoundaries(characters, keptTogether);
        if (!vocabulary.HasDistinctIds)
        {
            return null;
        }

        foreach (var pair in merges.Pairs)
        {
            if (pair == MergeTable.Empty)
            {
                continue;
            }

            var (left, right) = ((int)(pair >> 32), (int)(uint)pair);
            if (odd.Contains(left) || odd.Contains(right))
            {
                return null;
            }

            Rune.DecodeLastFromUtf8(vocabulary.Utf8Of(left), out var last, out _);
            Rune.DecodeFromUtf8(vocabulary.Utf8Of(right), out var first, out _);
            boundaries._joined.Add(Pair(last.Value, first.Value));
        }

        for (var left = 0; left < Ascii; left++)
        {
            for (var right = 0; right < Ascii; right++)
            {
                if (boundaries.LooksJoined(left, right))
                {
                    boundaries._joinedAscii[left] |= UInt128.One << right;
                }
            }
        }

        return boundaries;
    }

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

    private static ulong Pair(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private bool LooksJoined(int left, int right)
    {
        var unknown = (_characters.Of(left) < 0 ? 1 : 0) + (_characters.Of(right) < 0 ? 1 : 0);
        return unknown >= _keptTogether || (unknown == 0 && _joined.Contains(Pair(left, right)));
    }
}
