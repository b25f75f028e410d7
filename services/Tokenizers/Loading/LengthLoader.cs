namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>truncation</c> and <c>padding</c> sections.</summary>
internal static class LengthLoader
{
    public static TruncationOptions? Truncation(JsonSection section) => section.IsNull
        ? null
        : new TruncationOptions
        {
            MaxLength = NotNegative(section, "max_length"),
            Stride = NotNegative(section, "stride"),
            Strategy = section.Choice<TruncationStrategy>("strategy"),
            Side = section.Member("direction").IsNull ? TextSide.Right : section.Choice<TextSide>("direction"),
        };

    public static PaddingOptions? Padding(JsonSection section)
    {
        if (section.IsNull)
        {
            return null;
        }

        var strategy = section.Member("strategy");
        var isFixed = strategy.Element.ValueKind == System.Text.Json.JsonValueKind.Object;
        if (!isFixed && strategy.AsText() != "BatchLongest")
        {
            throw strategy.Fail("expected \"BatchLongest\" or {\"Fixed\": length}");
        }

        return new PaddingOptions
        {
            Length = isFixed ? NotNegative(strategy, "Fixed") : null,
            MultipleOf = section.Member("pad_to_multiple_of").IsNull ? null : NotNegative(section, "pad_to_multiple_of"),
            Side = section.Choice<TextSide>("direction"),
            PadId = NotNegative(section, "pad_id"),
            PadTypeId = NotNegative(section, "pad_type_id"),
            PadToken = section.Text("pad_token"),
        };
    }

    private static int NotNegative(JsonSection section, string name) => section.Number(name) is >= 0 and var number
        ? number
        : throw section.Member(name).Fail("expected 0 or more");
}
