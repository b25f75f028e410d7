using System.Globalization;
using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A 64-bit integer, written as a JSON number, read from a number or from text.</summary>
internal sealed class Int64Codec : JsonCodec<long>
{
    public static readonly Int64Codec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "an integer";

    public override bool Matches(Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && (reader.TryGetInt64(out _) || reader.TryGetUInt64(out _));

    public override long Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType == JsonTokenType.String)
        {
            // What JavaScript cannot hold as a number, its clients send as text.
            return long.TryParse(context.ReadString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : throw context.Bad("expected an integer that fits 64 bits");
        }

        if (context.Reader.TokenType != JsonTokenType.Number)
        {
            throw context.Wrong("an integer");
        }

        if (context.Reader.TryGetInt64(out var value))
        {
            return value;
        }

        // 5.0 and 1e3 are integers too.
        if (context.Reader.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            && number >= long.MinValue && number <= long.MaxValue)
        {
            return (long)number;
        }

        throw context.Bad("expected an integer that fits 64 bits");
    }

    public override void Write(Utf8JsonWriter writer, long value) => writer.WriteNumberValue(value);

    public override long Parse(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected an integer that fits 64 bits");
}
