using System.Globalization;
using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>An unsigned 64-bit integer, written as a JSON number, read from a number or from text.</summary>
internal sealed class UInt64Codec : JsonCodec<ulong>
{
    public static readonly UInt64Codec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "an integer";

    public override bool Matches(Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && (reader.TryGetInt64(out _) || reader.TryGetUInt64(out _));

    public override ulong Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType == JsonTokenType.String)
        {
            // What JavaScript cannot hold as a number, its clients send as text.
            return ulong.TryParse(context.ReadString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw context.Bad("expected an integer that fits 64 bits without sign");
        }

        if (context.Reader.TokenType != JsonTokenType.Number)
        {
            throw context.Wrong("an integer");
        }

        if (context.Reader.TryGetUInt64(out var value))
        {
            return value;
        }

        // 5.0 and 1e3 are integers too.
        if (context.Reader.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            && number >= ulong.MinValue && number <= ulong.MaxValue)
        {
            return (ulong)number;
        }

        throw context.Bad("expected an integer that fits 64 bits without sign");
    }

    public override void Write(Utf8JsonWriter writer, ulong value) => writer.WriteNumberValue(value);

    public override ulong Parse(string text)
        => ulong.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected an integer that fits 64 bits without sign");
}
