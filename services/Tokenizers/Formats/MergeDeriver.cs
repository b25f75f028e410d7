namespace Atropos.Tokenizers.Formats;

/// <summary>
/// Finds the one merge by which a token comes about in a vocabulary that merges "any neighbours whose concatenation is a token, lowest
/// rank first, leftmost among equals" (tiktoken), so that it can be written as a list of merges.
/// </summary>
/// <remarks>
/// One merge a token is enough, and exact. When two neighbours are about to become a token, nothing has crossed their outer borders,
/// so inside them the same merges have happened, in the same order, as if their text stood alone. Alone it runs only one way, and
/// its last step is the pair found here; hence no other pair of the same concatenation is ever met. The list needs nothing but the order
/// of the tokens' ranks.
/// </remarks>
internal sealed class MergeDeriver
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ranks;
    private int[] _starts = new int[64];
    private int[] _pairs = new int[64];

    /// <param name="ranks">The tokens, a char for each byte, each with a rank of its own; lower merges first.</param>
    public MergeDeriver(Dictionary<string, int> ranks) => _ranks = ranks.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Where the last merge joins the token's two parts; -1 when merging never makes this token, or it is a single symbol.</summary>
    public int Split(ReadOnlySpan<char> token)
    {
        var count = Cut(token);
        for (var index = 0; index + 1 < count; index++)
        {
            _pairs[index] = Rank(token, index);
        }

        while (count > 2)
        {
            var best = 0;
            for (var index = 1; index < count - 1; index++)
            {
                if (_pairs[index] < _pairs[best])
                {
                    best = index;
                }
            }

            if (_pairs[best] == int.MaxValue)
            {
                return -1;
            }

            // The end of the text stands behind the last start.
            _starts.AsSpan(best + 2, count - best - 1).CopyTo(_starts.AsSpan(best + 1));
            _pairs.AsSpan(best + 1, count - best - 1).CopyTo(_pairs.AsSpan(best));
            count--;
            if (best > 0)
            {
                _pairs[best - 1] = Rank(token, best - 1);
            }

            if (best + 1 < count)
            {
                _pairs[best] = Rank(token, best);
            }
        }

        return count == 2 && _ranks.ContainsKey(token) ? _starts[1] : -1;
    }

    private int Rank(ReadOnlySpan<char> token, int index) =>
        _ranks.TryGetValue(token[_starts[index].._starts[index + 2]], out var rank) ? rank : int.MaxValue;

    private int Cut(ReadOnlySpan<char> token)
    {
        if (_starts.Length < token.Length + 2)
        {
            _starts = new int[token.Length * 2];
            _pairs = new int[token.Length * 2];
        }

        for (var at = 0; at <= token.Length; at++)
        {
            _starts[at] = at;
        }

        return token.Length;
    }
}
