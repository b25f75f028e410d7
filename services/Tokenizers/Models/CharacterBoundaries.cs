using System.Runtime.CompilerServices;
using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// The boundaries of a model whose symbols begin as characters: for SentencePiece models those before a <c>▁</c> above all.
/// </summary>
/// <remarks>
/// All that takes part in a merge must have begun as characters. Characters without a token of their own are cut off only as far as
/// <see cref="_keptTogether"/> says.
/// </remarks>
internal sealed class CharacterBoundaries : WordBoundaries
{
    private readonly CharacterIds _characters;
    private readonly PairSet _joined = new();

    // So many unknown ones among two characters keep them together.
    private readonly int _keptTogether;

    private CharacterBoundaries(CharacterIds characters, int keptTogether)
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
    public static CharacterBoundaries? Find(
        Vocabulary vocabulary, MergeTable merges, CharacterIds characters, IReadOnlySet<int> odd, int keptTogether)
    {
        var boundaries = new CharacterBoundaries(characters, keptTogether);
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
            boundaries._joined.Add(Pair((uint)last.Value, (uint)first.Value));
        }

        boundaries.RememberAscii();
        return boundaries;
    }

    protected override bool LooksJoined(int left, int right)
    {
        var unknown = (_characters.Of(left) < 0 ? 1 : 0) + (_characters.Of(right) < 0 ? 1 : 0);
        return unknown >= _keptTogether || (unknown == 0 && _joined.Contains(Pair((uint)left, (uint)right)));
    }
}
