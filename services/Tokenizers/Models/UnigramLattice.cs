using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// The search for the best path through the tokens of a piece, with its reusable memory: four bytes for each byte of the piece and one
/// score for each byte of the longest token. Time is linear in the piece. Belongs to one thread.
/// </summary>
internal sealed class UnigramLattice
{
    private const int LargestKept = 1 << 20;
    private const int Unreached = int.MinValue;

    private byte[] _text = [];
    private int _length;

    // The token that ends at each place; behind the search the path, at the end.
    private int[] _best = [];

    // The sum of the best path to each place that a token can still reach, in a ring.
    private double[] _sums = [];

    /// <summary>The piece in UTF-8; lone surrogates are U+FFFD.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>The bytes of the character that begins with this one.</summary>
    public static int CharacterLength(byte first) => first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    /// <summary>Finds the tokens of the best path, in order.</summary>
    /// <returns>Ids, and <see cref="UnigramModel.Unknown"/> for each character without a token; valid until the next call.</returns>
    /// <exception cref="InvalidOperationException">A character needs the unknown token, and there is none.</exception>
    public ReadOnlySpan<int> FindBest(UnigramModel model, ReadOnlySpan<char> piece)
    {
        var most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (_text.Length < most)
        {
            most = Math.Max(most, 256);
            _text = new byte[piece.Length > LargestKept ? Encoding.UTF8.GetByteCount(piece) : most];
        }

        _length = Encoding.UTF8.GetBytes(piece, _text);
        if (_best.Length <= _length)
        {
            _best = new int[Math.Max(_length + 1, _text.Length)];
        }

        if (_sums.Length < model.WindowSize)
        {
            _sums = new double[model.WindowSize];
        }

        Search(model);
        return Path(model);
    }

    /// <summary>Gives up the memory of an unusually large piece.</summary>
    public void Trim()
    {
        if (_text.Length > LargestKept)
        {
            _text = [];
            _best = [];
        }
    }

    private void Search(UnigramModel model)
    {
        var text = Text;
        var best = _best.AsSpan(0, text.Length + 1);
        var sums = _sums.AsSpan(0, model.WindowSize);
        var mask = sums.Length - 1;
        var scores = model.Scores;
        var units = model.Trie.Units;
        best.Fill(Unreached);
        sums[0] = 0;
        for (var start = 0; start < text.Length;)
        {
            var width = CharacterLength(text[start]);
            var sum = sums[start & mask];
            var hasSingle = false;
            var node = PieceTrie.Root;
            for (var at = start; at < text.Length && PieceTrie.TryStep(units, ref node, text[at], out var id);)
            {
                at++;
                if (id < 0)
                {
                    continue;
                }

                Offer(best, sums, at, mask, sum + scores[id], id);
                hasSingle |= at == start + width;
            }

            // Only where it would be taken is an unknown token missed.
            if (!hasSingle && Offer(best, sums, start + width, mask, sum + model.UnkScore, UnigramModel.Unknown) && !model.HasUnk)
            {
                throw new InvalidOperationException(
                    $"The text has '{Encoding.UTF8.GetString(text.Slice(start, width))}', which no token covers, and the model has no unknown token (model.unk_id).");
            }

            start += width;
        }
    }

    /// <summary>Takes a path to a place if it is the first, or better than the one before; of two equal ones the first stays.</summary>
    private static bool Offer(Span<int> best, Span<double> sums, int place, int mask, double sum, int id)
    {
        if (best[place] != Unreached && !(sum > sums[place & mask]))
        {
            return false;
        }

        best[place] = id;
        sums[place & mask] = sum;
        return true;
    }

    /// <summary>Follows the path back. It takes no more places than it leaves behind, so that it can be written over what was read.</summary>
    private ReadOnlySpan<int> Path(UnigramModel model)
    {
        var text = Text;
        var to = text.Length + 1;
        for (var end = text.Length; end > 0;)
        {
            var id = _best[end];
            _best[--to] = id;
            if (id != UnigramModel.Unknown)
            {
                end -= model.LengthOf(id);
                continue;
            }

            do
            {
                end--;
            }
            while ((text[end] & 0xC0) == 0x80);
        }

        return _best.AsSpan(to..(text.Length + 1));
    }
}
