using Atropos.Tokenizers.Decoders;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>decoder</c> section.</summary>
internal static class DecoderLoader
{
    public static TokenDecoder Load(JsonSection section) => section.IsNull ? new SpaceJoinDecoder() : LoadStep(section);

    private static TokenDecoder LoadStep(JsonSection section)
    {
        var type = section.Text("type");
        return type switch
        {
            "ByteLevel" => new ByteLevelDecoder(),
            "ByteFallback" => new ByteFallbackDecoder(),
            "Fuse" => new FuseDecoder(),
            "Replace" => new ReplaceDecoder(PatternLoader.Load(section.Member("pattern")), section.Text("content")),
            "Strip" => new StripDecoder(OneChar(section), Count(section, "start"), Count(section, "stop")),
            "Sequence" => Sequence(section),
            _ => throw section.Unsupported("decoder", type, "ByteLevel", "ByteFallback", "Fuse", "Replace", "Strip", "Sequence"),
        };
    }

    private static TokenDecoder Sequence(JsonSection section)
    {
        TokenDecoder[] steps = [.. section.Items("decoders").Select(LoadStep)];
        return steps is [var single] ? single : new SequenceDecoder(steps);
    }

    private static char OneChar(JsonSection section) => section.Text("content") is [var single]
        ? single
        : throw section.Member("content").Fail("expected one character of the basic plane");

    private static int Count(JsonSection section, string name) => section.Number(name) is >= 0 and var count
        ? count
        : throw section.Member(name).Fail("expected 0 or more");
}
