namespace Atropos.TokenizerService.Registry;

/// <summary>The tokenizers that are loaded, by name.</summary>
internal sealed class TokenizerRegistry
{
    private readonly LoadedTokenizer[] _all;
    private readonly Dictionary<string, LoadedTokenizer> _byName;

    /// <summary>Loads every tokenizer of the options.</summary>
    /// <exception cref="Tokenizers.TokenizerLoadException">A file is missing or broken.</exception>
    public TokenizerRegistry(TokenizerServiceOptions options)
    {
        IEnumerable<TokenizerSource> sources = options.Tokenizers.Count > 0
            ? options.Tokenizers
            : [new TokenizerSource(TokenizerSource.Embedded, TokenizerSource.Embedded)];
        _all = [.. sources.Select(LoadedTokenizer.Load)];
        _byName = _all.ToDictionary(loaded => loaded.Source.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them, the default one first.</summary>
    public IReadOnlyList<LoadedTokenizer> All => _all;

    /// <summary>The tokenizer of that name; the default one for an empty name.</summary>
    public LoadedTokenizer Get(string name)
    {
        if (name.Length == 0)
        {
            return _all[0];
        }

        return _byName.TryGetValue(name, out var loaded) ? loaded : throw TokenizerErrors.UnknownTokenizer(name, _byName.Keys);
    }
}
