using Atropos.Tokenizers.PreTokenizers;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>pre_tokenizer</c> section.</summary>
internal static class PreTokenizerLoader
{
    public static PreTokenizer? Load(JsonSection section)
    {
        if (section.IsNull)
        {
            return null;
        }

        var type = section.Text("type");
        return type switch
        {
            "ByteLevel" => new ByteLevelPreTokenizer(section.Flag("add_prefix_space"), section.Flag("use_regex", true), mapsBytes: true),
            "Split" => new SplitPreTokenizer(
                PatternLoader.Load(section.Member("pattern")), Behavior(section), section.Flag("invert")),
            "Digits" => new DigitsPreTokenizer(section.Flag("individual_digits")),
            "Sequence" => new SequencePreTokenizer([.. section.Items("pretokenizers").SelectMany(Flatten)]),
            _ => throw section.Unsupported("pre-tokenizer", type, "ByteLevel", "Split", "Digits", "Sequence"),
        };
    }

    private static IEnumerable<PreTokenizer> Flatten(JsonSection item) => Load(item) switch
    {
        null => throw item.Fail("expected a pre-tokenizer, found null"),
        SequencePreTokenizer inner => inner.Steps,
        var single => [single],
    };

    private static SplitBehavior Behavior(JsonSection section)
    {
        var name = section.Text("behavior");
        return name switch
        {
            "Removed" => SplitBehavior.Removed,
            "Isolated" => SplitBehavior.Isolated,
            "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
            "MergedWithNext" => SplitBehavior.MergedWithNext,
            "Contiguous" => SplitBehavior.Contiguous,
            _ => throw section.Member("behavior").Fail(
                $"'{name}' is not a split behavior; expected Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous"),
        };
    }
}
