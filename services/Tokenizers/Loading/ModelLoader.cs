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
        var vocabulary = LoadVocabulary(section.Member("vocab"));
        return new BpeModel(vocabulary, LoadMerges(section, vocabulary, options.ContinuingSubwordPrefix.Length), options);
    }

    private static Vocabulary LoadVocabulary(JsonSection section)
    {
        if (section.Element.ValueKind != JsonValueKind.Object)
        {
            throw section.Fail("expected an object from token to id");
        }

        var ids = new Dictionary<string, int>(section.Element.GetPropertyCount());
        foreach (var entry in section.Element.EnumerateObject())
        {
            if (!entry.Value.TryGetInt32(out var id) || id < 0)
            {
                throw section.Fail($"expected an id of 0 or more for token '{entry.Name}', found {entry.Value.GetRawText()}");
            }

            ids[entry.Name] = id;
        }

        return new Vocabulary(ids);
    }

    private static MergeTable LoadMerges(JsonSection section, Vocabulary vocabulary, int prefixLength)
    {
        var list = section.Member("merges");
        if (list.Element.ValueKind != JsonValueKind.Array)
        {
            throw list.Fail("expected a list of merges");
        }

        var pairs = new ulong[list.Element.GetArrayLength()];
        var ids = new int[pairs.Length];
        var rank = 0;
        foreach (var merge in list.Element.EnumerateArray())
        {
            var (left, right) = Pair(list, merge, rank);
            var whole = left + (right.Length >= prefixLength ? right[prefixLength..] : right);
            pairs[rank] = MergeTable.Key(Id(list, vocabulary, left, rank), Id(list, vocabulary, right, rank));
            ids[rank] = Id(list, vocabulary, whole, rank);
            rank++;
        }

        return new MergeTable(pairs, ids);
    }

    private static (string Left, string Right) Pair(JsonSection list, JsonElement merge, int rank)
    {
        if (merge.ValueKind == JsonValueKind.String)
        {
            var text = merge.GetString()!;
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && space < text.Length - 1 && text.IndexOf(' ', space + 1) < 0)
            {
                return (text[..space], text[(space + 1)..]);
            }
        }
        else if (merge.ValueKind == JsonValueKind.Array && merge.GetArrayLength() == 2
            && merge[0].ValueKind == JsonValueKind.String && merge[1].ValueKind == JsonValueKind.String)
        {
            return (merge[0].GetString()!, merge[1].GetString()!);
        }

        throw list.Item(rank).Fail($"expected \"left right\" or [\"left\", \"right\"], found {merge.GetRawText()}");
    }

    private static int Id(JsonSection list, Vocabulary vocabulary, string token, int rank) => vocabulary.TryGetId(token, out var id)
        ? id
        : throw list.Item(rank).Fail($"token '{token}' of this merge is not in the vocabulary");
}
