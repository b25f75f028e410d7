using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Formats.Tekken;

/// <summary>Turns Mistral's tekken.json into a tokenizer.json.</summary>
internal static class TekkenConverter
{
    private const string Bos = "<s>";
    private const string Eos = "</s>";

    // Files up to version 7 leave them out.
    private static readonly string[] EarlySpecialTokens =
    [
        "<unk>", Bos, Eos, "[INST]", "[/INST]", "[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]", "[TOOL_CALLS]",
        "[IMG]", "<pad>", "[IMG_BREAK]", "[IMG_END]", "[PREFIX]", "[MIDDLE]", "[SUFFIX]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[TOOL_CONTENT]",
    ];

    /// <summary>Whether a JSON file is one of these rather than a tokenizer.json.</summary>
    public static bool Looks(JsonSection root) => root.Element.ValueKind == JsonValueKind.Object
        && root.Member("vocab").Element.ValueKind == JsonValueKind.Array && root.Member("config").Element.ValueKind == JsonValueKind.Object;

    public static Conversion Convert(FormatInput input)
    {
        using var document = TokenizerLoader.Parse(input.Content, input.File, out var root);
        var config = root.Member("config");
        var pattern = config.Text("pattern");
        var specialCount = config.Number("default_num_special_tokens");
        var size = config.Number("default_vocab_size");
        if (specialCount < 0 || size < specialCount || size > VocabularyReader.LargestId)
        {
            throw config.Fail(
                $"expected 0 <= default_num_special_tokens <= default_vocab_size <= {VocabularyReader.LargestId}, found {specialCount} and {size}");
        }

        var vocabulary = ReadVocabulary(root, size - specialCount);
        var added = ReadSpecialTokens(root, specialCount);

        using var writer = new TokenizerJsonWriter();
        writer.WriteAddedTokens(added);
        writer.WriteNull("normalizer");
        writer.WriteSplitThenByteLevel(pattern);
        writer.WriteTemplate(
            input.Config.Flag("add_bos_token", true) ? added.Find(token => token.Content == Bos) : null,
            input.Config.Flag("add_eos_token", false) ? added.Find(token => token.Content == Eos) : null);
        writer.WriteByteLevelDecoder();
        vocabulary.WriteModel(writer, specialCount, added);

        string? Known(string content) => added.Exists(token => token.Content == content) ? content : null;
        return new Conversion(writer.Finish(), new RoleTokens(Known(Bos), Known(Eos), Known("<unk>"), Known("<pad>")));
    }

    // The file may hold more tokens than the model uses: those of the lowest ranks count.
    private static RankedVocabulary ReadVocabulary(JsonSection root, int count)
    {
        var vocabulary = new RankedVocabulary(root.File, count);
        foreach (var item in root.Items("vocab"))
        {
            var rank = item.Number("rank");
            if (rank >= count)
            {
                continue;
            }

            item.Text("token_bytes");
            var text = item.Member("token_bytes");
            if (!text.Element.TryGetBytesFromBase64(out var bytes) || bytes.Length == 0)
            {
                throw text.Fail($"expected bytes in base64, found '{text.Element.GetString()}'");
            }

            vocabulary.Add(bytes, rank, item.Path);
        }

        return vocabulary.Count == count
            ? vocabulary
            : throw root.Member("vocab").Fail($"expected the {count} ranks below default_vocab_size - default_num_special_tokens, found {vocabulary.Count}");
    }

    private static List<AddedToken> ReadSpecialTokens(JsonSection root, int count)
    {
        var names = new string?[count];
        if (root.Member("special_tokens").IsNull)
        {
            Array.Copy(EarlySpecialTokens, names, Math.Min(count, EarlySpecialTokens.Length));
        }
        else
        {
            foreach (var item in root.Items("special_tokens"))
            {
                var rank = item.Number("rank");
                if ((uint)rank >= (uint)count)
                {
                    throw item.Member("rank").Fail($"expected 0 to {count - 1} (default_num_special_tokens - 1), found {rank}");
                }

                names[rank] = item.Text("token_str");
            }
        }

        return [.. names.Select((name, id) => DeclaredTokens.Special(id, name ?? $"<SPECIAL_{id}>"))];
    }
}
