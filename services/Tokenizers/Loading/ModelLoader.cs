using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>model</c> section.</summary>
internal static class ModelLoader
{
    /// <summary>Whether the model could take raw bytes in the place of ByteLevel's characters.</summary>
    public static bool CanTakeBytes(JsonSection section) =>
        TypeOf(section) == "BPE"
        && string.IsNullOrEmpty(section.OptionalText("continuing_subword_prefix"))
        && string.IsNullOrEmpty(section.OptionalText("end_of_word_suffix"));

    public static TokenModel Load(JsonSection section, bool takesBytes)
    {
        var type = TypeOf(section);
        return type switch
        {
            "BPE" => LoadBpe(section, takesBytes),
            "WordPiece" => WordPieceLoader.Load(section),
            "WordLevel" => WordLevelLoader.Load(section),
            "Unigram" => UnigramLoader.Load(section),
            _ => throw section.Unsupported("model", type, "BPE", "WordPiece", "WordLevel", "Unigram"),
        };
    }

    /// <summary>The vocabulary of a model whose <c>vocab</c> is an object.</summary>
    public static Vocabulary Vocabulary(JsonSection section) =>
        section.Tables?.Vocabulary ?? throw section.Member("vocab").Fail("expected an object from token to id");

    // Old files leave the type out; the original then goes by what the section holds.
    private static string TypeOf(JsonSection section)
    {
        if (section.IsNull)
        {
            throw section.Fail("expected a model, found nothing");
        }

        return section.OptionalText("type") ?? (
            !section.Member("merges").IsNull ? "BPE"
            : section.Member("vocab").Element.ValueKind == JsonValueKind.Array ? "Unigram"
            : section.Member("continuing_subword_prefix").IsNull || section.Member("max_input_chars_per_word").IsNull ? "WordLevel"
            : "WordPiece");
    }

    private static BpeModel LoadBpe(JsonSection section, bool takesBytes)
    {
        if (!section.Member("dropout").IsNull && section.Member("dropout").Element is var dropout
            && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
        {
            throw section.Member("dropout").Fail("dropout makes encoding random and is not supported; expected null or 0");
        }

        var options = new BpeOptions
        {
            UnkToken = section.OptionalText("unk_token"),
            FuseUnk = section.Flag("fuse_unk", false),
            ByteFallback = section.Flag("byte_fallback", false),
            IgnoreMerges = section.Flag("ignore_merges", false),
            ContinuingSubwordPrefix = section.OptionalText("continuing_subword_prefix") ?? "",
            EndOfWordSuffix = section.OptionalText("end_of_word_suffix") ?? "",
            TakesBytes = takesBytes,
        };
        var vocabulary = Vocabulary(section);
        return new BpeModel(vocabulary, section.Tables?.Merges ?? throw section.Member("merges").Fail("expected a list of merges"), options);
    }
}
