using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.PreTokenizers;

namespace Atropos.Tokenizers.Loading;

/// <summary>Puts a tokenizer together from its files, one loader a stage.</summary>
internal static class TokenizerLoader
{
    public static Tokenizer Load(TokenizerFiles files) => Load(files, files.Tokenizer.Span);

    /// <param name="files">The files, other than the tokenizer.json.</param>
    /// <param name="json">The tokenizer.json, of which nothing is kept.</param>
    public static Tokenizer Load(TokenizerFiles files, ReadOnlySpan<byte> json)
    {
        var file = Path.Combine(files.Folder, files.TokenizerName);
        using var document = ParseTokenizer(json, file, out var root);
        var normalizer = NormalizerLoader.Load(root.Member("normalizer"));
        var preTokenizer = PreTokenizerLoader.Load(root.Member("pre_tokenizer"));
        var modelSection = root.Member("model");
        var takesBytes = ModelLoader.CanTakeBytes(modelSection) && ByteLevelAtEnd(ref preTokenizer);
        var model = ModelLoader.Load(modelSection, takesBytes);
        var added = new AddedVocabulary(
            AddedTokenLoader.Load(root, model.Vocabulary), text => normalizer?.Normalize(text) ?? text);
        var tokenizer = new Tokenizer(
            normalizer,
            preTokenizer,
            model,
            PostProcessorLoader.Load(root.Member("post_processor")),
            DecoderLoader.Load(root.Member("decoder")),
            added)
        {
            Truncation = LengthLoader.Truncation(root.Member("truncation")),
            Padding = LengthLoader.Padding(root.Member("padding")),
            Settings = SettingsLoader.Load(files, token => added.ByContent(token)?.Id ?? (model.Vocabulary.TryGetId(token, out var id) ? id : null)),
        };
        return tokenizer;
    }

    /// <summary>Parses a whole file; the caller disposes of the document when it is done with the section.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string file, out JsonSection root)
    {
        try
        {
            JsonText.Check(json.Span, file);
            var document = JsonDocument.Parse(json[BomLength(json.Span)..]);
            root = new JsonSection(file, "$", document.RootElement);
            return document;
        }
        catch (JsonException error)
        {
            throw NoJson(file, error);
        }
    }

    /// <summary>Parses a tokenizer.json, its model's tables on their own; the caller disposes of the document when it is done with the section.</summary>
    public static JsonDocument ParseTokenizer(ReadOnlySpan<byte> json, string file, out JsonSection root)
    {
        try
        {
            var rest = new ModelTablesReader(json[BomLength(json)..], file).Read(out var tables);
            JsonText.Check(rest.Span, file);
            var document = JsonDocument.Parse(rest);
            root = new JsonSection(file, "$", document.RootElement, tables);
            return document;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The latter comes from a member's name whose text is broken.
            throw NoJson(file, error);
        }
    }

    private static int BomLength(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? 3 : 0;

    private static TokenizerLoadException NoJson(string file, Exception error) => new(file, "", $"expected JSON: {error.Message}", error);

    // The model takes raw bytes when nothing stands between it and the step that would have mapped them.
    private static bool ByteLevelAtEnd(ref PreTokenizer? preTokenizer)
    {
        switch (preTokenizer)
        {
            case ByteLevelPreTokenizer single:
                preTokenizer = single.WithoutMapping();
                return true;
            case SequencePreTokenizer { Steps: [.., ByteLevelPreTokenizer last] steps }
                when !steps.SkipLast(1).Any(step => step is ByteLevelPreTokenizer or SequencePreTokenizer):
                preTokenizer = new SequencePreTokenizer([.. steps.SkipLast(1), last.WithoutMapping()]);
                return true;
            default:
                return false;
        }
    }
}
