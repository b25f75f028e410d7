using System.CommandLine;
using Atropos.Hosting;
using Microsoft.Extensions.Configuration;

namespace Atropos.TokenizerService;

/// <summary>The tokenizers of a host, as its command line and its configuration give them.</summary>
public sealed class TokenizerCommandOptions
{
    /// <summary>Name of the configuration's list, each <c>NAME=LOCATION</c>: <c>Tokenizers__0</c> as an environment variable.</summary>
    public const string ConfigurationKey = "Tokenizers";

    /// <summary>What is given for one tokenizer, as every host's help says it.</summary>
    private const string Form = "NAME=LOCATION: a folder with a tokenizer.json, a vocabulary's file, a model's name on a hub such as Qwen/Qwen3-8B, "
        + "or 'reference' for the embedded one. Any number of times";

    private readonly Option<string[]> _tokenizers;

    private readonly Option<TokenizerLoading> _loading = new("--load-tokenizers")
    {
        Description = "When tokenizers are loaded: 'start' finds what is broken at start; 'use' loads the default one at start and others when "
            + "they are first asked for.",
        DefaultValueFactory = _ => TokenizerLoading.Start,
    };

    private readonly Option<int> _most = new("--most-tokenizers")
    {
        Description = "Most tokenizers in memory at once; the one that was not used for longest makes room.",
        DefaultValueFactory = _ => TokenizerServiceOptions.DefaultMostLoaded,
    };

    private readonly Option<double> _checkSeconds = new("--tokenizer-check-seconds")
    {
        Description = "How often the files of tokenizers are looked at, to load them anew where they have changed; 0 for never.",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>Creates the options.</summary>
    /// <param name="meaning">What several of <c>--tokenizer</c> mean to this host, to go on after a semicolon.</param>
    public TokenizerCommandOptions(string meaning)
    {
        _tokenizers = new Option<string[]>("--tokenizer") { Description = $"{Form}; {meaning}" };
    }

    /// <summary>The options, to be added to a command.</summary>
    public IReadOnlyList<Option> All => [_tokenizers, _loading, _most, _checkSeconds];

    /// <summary>Reads what was given; tokenizers of the configuration come after those of the command line.</summary>
    /// <param name="result">The command line.</param>
    /// <exception cref="BadOptionException">A value makes no sense.</exception>
    public TokenizerServiceOptions Read(ParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var options = TokenizerServiceOptions.Parse(result.GetValue(_tokenizers) ?? []);
        options.Loading = result.GetValue(_loading);
        options.MostLoaded = result.GetValue(_most) is > 0 and var most
            ? most
            : throw new BadOptionException("--most-tokenizers", "is less than 1; at least one tokenizer has to be in memory");
        options.FileCheckInterval = result.GetValue(_checkSeconds) is >= 0 and <= 86_400 and var seconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadOptionException("--tokenizer-check-seconds", "is not from 0 to 86400");
        return options;
    }

    /// <summary>Adds the tokenizers that the configuration lists under <see cref="ConfigurationKey"/>.</summary>
    /// <param name="options">Where to add them.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <exception cref="BadOptionException">One is not of the form NAME=LOCATION, or its name is taken.</exception>
    public static void AddConfigured(TokenizerServiceOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var entry in configuration.GetSection(ConfigurationKey).GetChildren())
        {
            options.Add(TokenizerSource.Parse(entry.Value ?? "", entry.Path));
        }
    }
}
