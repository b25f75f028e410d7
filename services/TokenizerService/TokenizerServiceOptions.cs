using Atropos.Hosting;

namespace Atropos.TokenizerService;

/// <summary>What the tokenizer service serves.</summary>
public sealed class TokenizerServiceOptions
{
    /// <summary>
    /// The tokenizers to load at start, the default one first. Empty loads the embedded one as <c>reference</c>.
    /// </summary>
    public IList<TokenizerSource> Tokenizers { get; } = [];

    /// <summary>Reads what was given as <c>--tokenizer</c>.</summary>
    /// <param name="sources">Each <c>NAME=FOLDER</c>.</param>
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
