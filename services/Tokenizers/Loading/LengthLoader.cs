using System.Text.Json;

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
        var isFixed = strategy.Element.ValueKind == JsonValueKind.Object;
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

    // The original's numbers have 64 bits, and one without bounds is written as the largest of them.
    private static int NotNegative(JsonSection section, string name)
    {
        var member = section.Member(name);
        return member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetUInt64(out var number)
            ? (int)Math.Min(number, int.MaxValue)
            : throw member.Fail($"expected a whole number of 0 or more, found {(member.IsNull ? "nothing" : member.Element.GetRawText())}");
    }
}
