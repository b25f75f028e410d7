using Atropos.ReferenceModel;
using Atropos.Tokenizers;
using Atropos.Tokenizers.Hub;

namespace Atropos.TokenizerService.Registry;

/// <summary>What a <see cref="TokenizerSource"/> stands for: the one place that knows of the kinds of location.</summary>
internal static class TokenizerOpener
{
    private static readonly Lazy<TokenizerHub> Hub = new(() => new TokenizerHub());

    /// <summary>The folder or file that a source stands for, fetched where it is not on this machine; empty for the embedded one.</summary>
    /// <exception cref="TokenizerLoadException">There is no such path.</exception>
    /// <exception cref="HubException">The model cannot be had.</exception>
    public static async Task<string> LocateAsync(TokenizerSource source)
    {
        if (source.Location == TokenizerSource.Embedded)
        {
            return "";
        }

        Check(source);
        return await Hub.Value.LocateAsync(source.Location).ConfigureAwait(false);
    }

    /// <summary>Loads the tokenizer from what <see cref="LocateAsync"/> gave.</summary>
    /// <exception cref="TokenizerLoadException">A file is missing or broken.</exception>
    public static Tokenizers.Tokenizer Open(string path) =>
        File.Exists(path) ? Tokenizers.Tokenizer.FromFile(path) : Tokenizers.Tokenizer.FromFolder(path);

    /// <summary>Loads the tokenizer that ships inside the product.</summary>
    public static Tokenizers.Tokenizer OpenEmbedded() => ReferenceModelAssets.CreateTokenizer();

    /// <summary>Refuses a location that cannot be right, without loading or fetching anything.</summary>
    /// <exception cref="TokenizerLoadException">It is a path with nothing there.</exception>
    public static void Check(TokenizerSource source)
    {
        var location = source.Location;
        if (location != TokenizerSource.Embedded && !Path.Exists(location) && !TokenizerSource.IsModelName(location))
        {
            throw new TokenizerLoadException(
                location, "", "the folder does not exist; expected one with a Hugging Face tokenizer.json, a vocabulary's file, or a "
                + "model's name such as Qwen/Qwen3-8B");
        }
    }
}
