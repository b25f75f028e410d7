using System.Globalization;
using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>An unsigned 32-bit integer, as a JSON number.</summary>
internal sealed class UInt32Codec : JsonCodec<uint>
{
    public static readonly UInt32Codec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "an integer";

    public override bool Matches(Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && (reader.TryGetInt64(out _) || reader.TryGetUInt64(out _));

    public override uint Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType != JsonTokenType.Number)
        {
            throw context.Wrong("an integer");
        }

        if (context.Reader.TryGetUInt32(out var value))
        {
            return value;
        }

        // 5.0 and 1e3 are integers too.
        if (context.Reader.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            && number >= uint.MinValue && number <= uint.MaxValue)
        {
            return (uint)number;
        }

        throw context.Bad("expected an integer that fits 32 bits without sign");
    }

    public override void Write(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);

    public override uint Parse(string text)
        => uint.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected an integer that fits 32 bits without sign");
}
