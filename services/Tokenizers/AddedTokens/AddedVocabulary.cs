namespace Atropos.Tokenizers.AddedTokens;

/// <summary>All added tokens of a tokenizer: look-ups, and the two searches, in the text as given and in the normalized text.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<int, AddedToken> _byId = [];
    private readonly Dictionary<string, AddedToken> _byContent = [];
    private readonly Dictionary<int, string> _decodedTexts = [];
    private readonly HashSet<int> _skipped = [];

    /// <param name="tokens">In the file's order.</param>
    /// <param name="normalize">What the tokenizer's normalizer makes of a token's text.</param>
    public AddedVocabulary(IReadOnlyList<AddedToken> tokens, Func<string, string> normalize)
    {
        foreach (var token in tokens)
        {
            _byId[token.Id] = token;
            _byContent[token.Content] = token;
            _decodedTexts[token.Id] = token.Normalized ? normalize(token.Content) : token.Content;
        }

        var special = tokens.Where(token => token.Special).Select(token => token.Content).ToHashSet();
        _skipped.UnionWith(_decodedTexts.Where(entry => special.Contains(entry.Value)).Select(entry => entry.Key));

        // Special tokens stand first in the original's automaton.
        var ordered = tokens.Where(token => token.Special).Concat(tokens.Where(token => !token.Special)).ToArray();
        AsGiven = Matcher(ordered.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        Normalized = Matcher(ordered.Where(token => token.Normalized).Select(token => (_decodedTexts[token.Id], token)));
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

    /// <summary>What decoding makes of an added token: its text as normalized, where it is looked for in normalized text.</summary>
    public string? DecodedText(int id) => _decodedTexts.GetValueOrDefault(id);

    /// <summary>
    /// Whether decoding without special tokens leaves it out. As in the original that goes by the decoded text, so that a special token
    /// whose text the normalizer changes (Llama 2's) stays in.
    /// </summary>
    public bool IsSkipped(int id) => _skipped.Contains(id);

    private static TokenMatcher? Matcher(IEnumerable<(string Content, AddedToken Token)> entries)
    {
        var list = entries.ToArray();
        return list.Length == 0 ? null : new TokenMatcher(list);
    }
}
