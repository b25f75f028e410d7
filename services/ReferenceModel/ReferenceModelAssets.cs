using System.Text;
using Atropos.Tokenizers;

namespace Atropos.ReferenceModel;

/// <summary>The files of the embedded reference model, as they are on disk for any Hugging Face model.</summary>
public static class ReferenceModelAssets
{
    /// <summary>The name under which the model is served and configured.</summary>
    public const string ModelName = "reference";

    /// <summary>tokenizer.json, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> TokenizerJson { get; } = Read("tokenizer.json");

    /// <summary>tokenizer_config.json, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> TokenizerConfigJson { get; } = Read("tokenizer_config.json");

    /// <summary>generation_config.json, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> GenerationConfigJson { get; } = Read("generation_config.json");

    /// <summary>The chat template, in Jinja.</summary>
    public static string ChatTemplate { get; } = Encoding.UTF8.GetString(Read("chat_template.jinja"));

    /// <summary>Creates the model's tokenizer, with its chat template and settings.</summary>
    /// <returns>A tokenizer; create once and share.</returns>
    public static Tokenizer CreateTokenizer() =>
        Tokenizer.FromJson(TokenizerJson.Span, TokenizerConfigJson.Span, GenerationConfigJson.Span, ChatTemplate);

    internal static byte[] Read(string name)
    {
        using var stream = typeof(ReferenceModelAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource '{name}' is not embedded in {typeof(ReferenceModelAssets).Assembly}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
