using System.Buffers;
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
        Reserve(piece);
        _length = Encoding.UTF8.GetBytes(piece, _text);

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
            ArrayPool<byte>.Shared.Return(_text);
            ArrayPool<int>.Shared.Return(_best);
            _text = [];
            _best = [];
        }
    }

    private void Reserve(ReadOnlySpan<char> piece)
    {
        // Three bytes a character are too much to ask for where the piece is large.
        var size = piece.Length > LargestKept / 4 ? Encoding.UTF8.GetByteCount(piece) : Encoding.UTF8.GetMaxByteCount(piece.Length);
        if (_text.Length >= size)
        {
            return;
        }

        Trim();
        if (size > LargestKept)
        {
            _text = ArrayPool<byte>.Shared.Rent(size);
            _best = ArrayPool<int>.Shared.Rent(_text.Length + 1);
        }
        else
        {
            _text = new byte[Math.Min(LargestKept, Math.Max(2 * size, 256))];
            _best = new int[_text.Length + 1];
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
            for (var at = start; at < text.Length;)
            {
                // What PieceTrie.TryStep does, in the one loop where its call would show.
                var origin = units[node].Base;
                var next = origin < 0 ? PieceTrie.Root : (origin >> 1) ^ text[at];
                var unit = units[next];
                if (unit.Parent != node)
                {
                    break;
                }

                node = next;
                at++;
                var id = unit.Base < 0 ? ~unit.Base : (unit.Base & 1) == 0 ? -1 : ~units[(unit.Base >> 1) ^ PieceTrie.ValueLabel].Base;
                if (id >= 0)
                {
                    Offer(best, sums, at, mask, sum + scores[id], id);
                    hasSingle |= at == start + width;
                }
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
