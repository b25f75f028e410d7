using Atropos.Hosting;

namespace Atropos.TokenizerService;

/// <summary>What the tokenizer service serves.</summary>
public sealed class TokenizerServiceOptions
{
    /// <summary>Default of <see cref="MostLoaded"/>.</summary>
    public const int DefaultMostLoaded = 16;

    /// <summary>The tokenizers, the default one first. Empty serves the embedded one as <c>reference</c>.</summary>
    public IList<TokenizerSource> Tokenizers { get; } = [];

    /// <summary>When they are loaded.</summary>
    public TokenizerLoading Loading { get; set; } = TokenizerLoading.Start;

    /// <summary>
    /// Most tokenizers in memory at once, at least 1; the one that was not used for longest makes room, and is loaded again when it
    /// is used. What is under way keeps the tokenizer that it began with.
    /// </summary>
    public int MostLoaded { get; set; } = DefaultMostLoaded;

    /// <summary>How often the files of loaded tokenizers are looked at, to load them anew where they have changed; zero for never.</summary>
    public TimeSpan FileCheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long streams with outputs under way may go on when the host stops. Less than the host's drain time, so that they
    /// end with a status and not with their connection.
    /// </summary>
    public TimeSpan StopGrace { get; set; } = ServiceDefaults.DrainTime - TimeSpan.FromSeconds(5);

    /// <summary>Reads what was given as <c>--tokenizer</c>.</summary>
    /// <param name="sources">Each <c>NAME=LOCATION</c>.</param>
    /// <exception cref="BadOptionException">One of them is not of that form, or a name is there twice.</exception>
    public static TokenizerServiceOptions Parse(IEnumerable<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var options = new TokenizerServiceOptions();
        foreach (var text in sources)
        {
            options.Add(TokenizerSource.Parse(text));
        }

        return options;
    }

    /// <summary>Adds a tokenizer.</summary>
    /// <param name="source">The tokenizer.</param>
    /// <exception cref="BadOptionException">Its name is taken.</exception>
    public void Add(TokenizerSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Tokenizers.Any(other => other.Name == source.Name))
        {
            throw new BadOptionException("--tokenizer", $"the name '{source.Name}' is given twice; names must differ");
        }

        Tokenizers.Add(source);
    }
}
