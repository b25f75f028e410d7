using System.Buffers;
using Atropos.Tokenizers.Models;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.AddedTokens;

/// <summary>Finds added tokens in text: leftmost first, and the longest of those that begin there.</summary>
internal sealed class TokenMatcher
{
    // The edges of a tree of characters in the table that merges have, as it is quick: an edge leads to the node that its rank plus one says.
    private readonly MergeTable _edges;
    private readonly List<AddedToken?> _ends = [null];
    private readonly SearchValues<char> _firstChars;

    public TokenMatcher(IEnumerable<(string Content, AddedToken Token)> entries)
    {
        var first = new HashSet<char>();
        var nodes = new Dictionary<ulong, int>();
        foreach (var (content, token) in entries)
        {
            if (content.Length == 0)
            {
                continue;
            }

            first.Add(content[0]);
            var node = 0;
            foreach (var letter in content)
            {
                var edge = MergeTable.Key(node, letter);
                if (!nodes.TryGetValue(edge, out node))
                {
                    node = _ends.Count;
                    _ends.Add(null);
                    nodes[edge] = node;
                }
            }

            // The first of two equal contents wins, as in the original's automaton.
            _ends[node] ??= token;
        }

        _edges = new MergeTable(nodes.Keys.ToArray(), [.. nodes.Values]);
        _firstChars = SearchValues.Create([.. first]);
    }

    /// <summary>
    /// Finds the next token whose text lies at <paramref name="from"/> or later. <paramref name="start"/> and <paramref name="end"/>
    /// include the white space that it takes in, none of it before <paramref name="emitted"/>; <paramref name="resume"/> is where to search on.
    /// </summary>
    public bool TryFind(ReadOnlySpan<char> text, int from, int emitted, out AddedToken token, out int start, out int end, out int resume)
    {
        while (from < text.Length)
        {
            var skip = text[from..].IndexOfAny(_firstChars);
            if (skip < 0)
            {
                break;
            }

            from += skip;
            if (LongestAt(text, from, out var length) is not { } found)
            {
                from++;
                continue;
            }

            start = from;
            end = resume = from + length;
            from = end;
            if (found.SingleWord && (TouchesWordBefore(text, start) || TouchesWordAfter(text, end)))
            {
                continue;
            }

            if (found.LeftStrip)
            {
                while (start > emitted && char.IsWhiteSpace(text[start - 1]))
                {
                    start--;
                }

                // The token before it may have taken in its own beginning, or all of it.
                start = Math.Max(start, emitted);
            }

            while (found.RightStrip && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (start < end)
            {
                token = found;
                return true;
            }
        }

        token = null!;
        start = end = resume = 0;
        return false;
    }

    private static bool TouchesWordBefore(ReadOnlySpan<char> text, int at) => at > 0 && IsRustWord(CodePoints.Before(text, at, out _));

    private static bool TouchesWordAfter(ReadOnlySpan<char> text, int at) => at < text.Length && IsRustWord(CodePoints.At(text, at, out _));

    // Rust's \w takes the joiners too, which Oniguruma's does not.
    private static bool IsRustWord(int codePoint) => CodePoints.IsWord(codePoint) || codePoint is 0x200C or 0x200D;

    private AddedToken? LongestAt(ReadOnlySpan<char> text, int at, out int length)
    {
        AddedToken? longest = null;
        length = 0;
        var node = 0;
        for (var index = at; index < text.Length; index++)
        {
            var edge = _edges.Find(node, text[index]);
            if (edge == MergeTable.None)
            {
                break;
            }

            node = (int)edge + 1;
            if (_ends[node] is { } token)
            {
                longest = token;
                length = index + 1 - at;
            }
        }

        return longest;
    }
}
