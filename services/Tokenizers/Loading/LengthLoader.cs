using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>truncation</c> and <c>padding</c> sections.</summary>
internal static class LengthLoader
{
    public static TruncationOptions? Truncation(JsonSection section) => section.IsNull
        ? null
        : new TruncationOptions
        {
            MaxLength = section.Count("max_length"),
            Stride = section.Count("stride"),
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
            Length = isFixed ? strategy.Count("Fixed") : null,
            MultipleOf = section.Member("pad_to_multiple_of").IsNull ? null : section.Count("pad_to_multiple_of"),
            Side = section.Choice<TextSide>("direction"),
            PadId = section.Count("pad_id"),
            PadTypeId = section.Count("pad_type_id"),
            PadToken = section.Text("pad_token"),
        };
    }
}
