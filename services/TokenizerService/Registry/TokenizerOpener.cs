using Atropos.ReferenceModel;
using Atropos.Tokenizers;

namespace Atropos.TokenizerService.Registry;

/// <summary>What a <see cref="TokenizerSource"/> stands for: the one place that knows of the kinds of location.</summary>
internal static class TokenizerOpener
{
    /// <summary>Whether it ships inside the product and so has no files.</summary>
    public static bool IsEmbedded(TokenizerSource source) => source.Location == TokenizerSource.Embedded;

    /// <summary>The folder or file that a source stands for; fetched where it is not on this machine.</summary>
    /// <exception cref="TokenizerLoadException">There is none.</exception>
    public static string Locate(TokenizerSource source) => Directory.Exists(source.Location) || File.Exists(source.Location)
        ? source.Location
        : throw new TokenizerLoadException(
            source.Location, "", "the folder does not exist; expected one with a Hugging Face tokenizer.json");

    /// <summary>Loads the tokenizer from what <see cref="Locate"/> gave.</summary>
    /// <exception cref="TokenizerLoadException">A file is missing or broken.</exception>
    public static Tokenizers.Tokenizer Open(string path) => Tokenizers.Tokenizer.FromFolder(path);

    /// <summary>Loads the tokenizer that ships inside the product.</summary>
    public static Tokenizers.Tokenizer OpenEmbedded() => ReferenceModelAssets.CreateTokenizer();

    /// <summary>Refuses a location that cannot be right, without loading or fetching anything.</summary>
    /// <exception cref="TokenizerLoadException">There is nothing at the location.</exception>
    public static void Check(TokenizerSource source)
    {
        if (!IsEmbedded(source))
        {
            Locate(source);
        }
    }
}
