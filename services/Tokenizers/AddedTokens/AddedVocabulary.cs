namespace Atropos.Tokenizers.AddedTokens;

/// <summary>All added tokens of a tokenizer: look-ups, and the two searches, in the text as given and in the normalized text.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<int, AddedToken> _byId = [];
    private readonly Dictionary<string, AddedToken> _byContent = [];
    private readonly HashSet<string> _special = [];

    /// <param name="tokens">In the file's order.</param>
    /// <param name="normalize">What the tokenizer's normalizer makes of a token's text.</param>
    public AddedVocabulary(IReadOnlyList<AddedToken> tokens, Func<string, string> normalize)
    {
        foreach (var token in tokens)
        {
            _byId[token.Id] = token;
            _byContent[token.Content] = token;
            if (token.Special)
            {
                _special.Add(token.Content);
            }
        }

        // Special tokens stand first in the original's automaton.
        var ordered = tokens.Where(token => token.Special).Concat(tokens.Where(token => !token.Special)).ToArray();
        AsGiven = Matcher(ordered.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        Normalized = Matcher(ordered.Where(token => token.Normalized).Select(token => (normalize(token.Content), token)));
        Size = tokens.Count == 0 ? 0 : tokens.Max(token => token.Id) + 1;
    }

    /// <summary>The largest id plus one; 0 without tokens.</summary>
    public int Size { get; }

    /// <summary>Searches the text as given; null when there is nothing to search for.</summary>
    public TokenMatcher? AsGiven { get; }

    /// <summary>Searches the normalized text; null when there is nothing to search for.</summary>
    public TokenMatcher? Normalized { get; }

    public AddedToken? ById(int id) => _byId.GetValueOrDefault(id);

    public AddedToken? ByContent(string content) => _byContent.GetValueOrDefault(content);

    public bool IsSpecial(string content) => _special.Contains(content);

    private static TokenMatcher? Matcher(IEnumerable<(string Content, AddedToken Token)> entries)
    {
        var list = entries.ToArray();
        return list.Length == 0 ? null : new TokenMatcher(list);
    }
}
