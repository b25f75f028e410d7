using Atropos.Tokenizers.Patterns;
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
            "Metaspace" => Metaspace(section),
            "Whitespace" => new SplitPreTokenizer(WordScanner.Instance, SplitBehavior.Removed, invert: true),
            "WhitespaceSplit" => new SplitPreTokenizer(SetPattern.WhiteSpace, SplitBehavior.Removed, invert: false),
            "BertPreTokenizer" => new SequencePreTokenizer(
            [
                new SplitPreTokenizer(SetPattern.WhiteSpace, SplitBehavior.Removed, invert: false),
                new SplitPreTokenizer(SetPattern.Punctuation, SplitBehavior.Isolated, invert: false),
            ]),
            "Punctuation" => new SplitPreTokenizer(
                SetPattern.Punctuation, section.Member("behavior").IsNull ? SplitBehavior.Isolated : Behavior(section), invert: false),
            "CharDelimiterSplit" => new SplitPreTokenizer(
                new LiteralPattern(section.OneCharacter("delimiter")), SplitBehavior.Removed, invert: false),
            "UnicodeScripts" => new UnicodeScriptsPreTokenizer(),
            "FixedLength" => new FixedLengthPreTokenizer(Length(section)),
            "Sequence" => new SequencePreTokenizer([.. section.Items("pretokenizers").SelectMany(Flatten)]),
            _ => throw section.Unsupported(
                "pre-tokenizer", type, "ByteLevel", "Split", "Digits", "Metaspace", "Whitespace", "WhitespaceSplit", "BertPreTokenizer",
                "Punctuation", "CharDelimiterSplit", "UnicodeScripts", "FixedLength", "Sequence"),
        };
    }

    private static MetaspacePreTokenizer Metaspace(JsonSection section)
    {
        var name = section.Member("prepend_scheme") is { Element.ValueKind: not System.Text.Json.JsonValueKind.Undefined } given ? given.AsText() : "always";
        var scheme = name switch
        {
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            _ => throw section.Member("prepend_scheme").Fail($"'{name}' is not a scheme; expected always, first or never"),
        };

        // Older files say by this flag what the scheme says now; the original takes only a 'false' that agrees with it.
        return section.Flag("add_prefix_space", true) || scheme == PrependScheme.Never
            ? new MetaspacePreTokenizer(section.OneCharacter("replacement"), scheme, section.Flag("split", true))
            : throw section.Member("add_prefix_space").Fail("false does not agree with prepend_scheme; expected \"prepend_scheme\": \"never\" beside it");
    }

    private static int Length(JsonSection section) => section.Member("length").IsNull ? 5 : section.Number("length") is > 0 and var length
        ? length
        : throw section.Member("length").Fail("expected 1 or more");

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
