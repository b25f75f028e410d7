using Atropos.Tokenizers.Decoders;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>decoder</c> section.</summary>
internal static class DecoderLoader
{
    public static TokenDecoder Load(JsonSection section) => section.IsNull ? new SpaceJoinDecoder() : LoadStep(section);

    private static TokenDecoder LoadStep(JsonSection section)
    {
        var type = section.OptionalText("type") ?? TypeOf(section);
        return type switch
        {
            "ByteLevel" => new ByteLevelDecoder(),
            "ByteFallback" => new ByteFallbackDecoder(),
            "Fuse" => new FuseDecoder(),
            "Replace" => new ReplaceDecoder(PatternLoader.Load(section.Member("pattern")), section.Text("content")),
            "Strip" => new StripDecoder(section.OneCharacter("content"), Count(section, "start"), Count(section, "stop")),
            "Metaspace" => new MetaspaceDecoder(section.OneCharacter("replacement"), Prepends(section)),
            "WordPiece" => new WordPieceDecoder(section.Text("prefix"), section.Flag("cleanup")),
            "BPEDecoder" => new BpeSuffixDecoder(section.Text("suffix")),
            "CTC" => new CtcDecoder(section.Text("pad_token"), section.Text("word_delimiter_token"), section.Flag("cleanup")),
            "Sequence" => Sequence(section),
            _ => throw section.Unsupported(
                "decoder",
                type,
                "ByteLevel",
                "ByteFallback",
                "Fuse",
                "Replace",
                "Strip",
                "Metaspace",
                "WordPiece",
                "BPEDecoder",
                "CTC",
                "Sequence"),
        };
    }

    // Old files leave the type out; the original then takes the first decoder that the fields fit.
    private static string TypeOf(JsonSection section)
    {
        return Has("suffix") ? "BPEDecoder"
            : Has("prefix") && Has("cleanup") ? "WordPiece"
            : Has("pattern") && Has("content") ? "Replace"
            : Has("content") && Has("start") && Has("stop") ? "Strip"
            : section.Text("type");

        bool Has(string name) => !section.Member(name).IsNull;
    }

    private static TokenDecoder Sequence(JsonSection section)
    {
        TokenDecoder[] steps = [.. section.Items("decoders").Select(LoadStep)];
        return steps is [var single] ? single : new SequenceDecoder(steps);
    }

    /// <summary>Whether encoding puts a space before the text: what <c>prepend_scheme</c> says, in old files <c>add_prefix_space</c>.</summary>
    private static bool Prepends(JsonSection section)
    {
        var scheme = section.OptionalText("prepend_scheme") ?? "always";
        if (scheme is not ("always" or "first" or "never"))
        {
            throw section.Member("prepend_scheme").Fail($"expected always, first or never, found '{scheme}'");
        }

        if (scheme != "never" && !section.Flag("add_prefix_space", true))
        {
            throw section.Member("add_prefix_space").Fail($"false contradicts the prepend_scheme '{scheme}'; expected prepend_scheme 'never'");
        }

        return scheme != "never";
    }

    private static int Count(JsonSection section, string name) => section.Number(name) is >= 0 and var count
        ? count
        : throw section.Member(name).Fail("expected 0 or more");
}
