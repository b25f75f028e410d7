using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Collections;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A 32-bit integer, as a JSON number.</summary>
internal sealed class Int32Codec : JsonCodec<int>
{
    public static readonly Int32Codec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "an integer";

    public override bool Matches(Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && (reader.TryGetInt64(out _) || reader.TryGetUInt64(out _));

    public override int Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType != JsonTokenType.Number)
        {
            throw context.Wrong("an integer");
        }

        if (context.Reader.TryGetInt32(out var value))
        {
            return value;
        }

        // 5.0 and 1e3 are integers too.
        if (context.Reader.TryGetDecimal(out var number) && number == decimal.Truncate(number)
            && number >= int.MinValue && number <= int.MaxValue)
        {
            return (int)number;
        }

        throw context.Bad("expected an integer that fits 32 bits");
    }

    public override void Write(Utf8JsonWriter writer, int value) => writer.WriteNumberValue(value);

    public override int Parse(string text)
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected an integer that fits 32 bits");

    public override void ReadElements(ref JsonReadContext context, RepeatedField<int> list)
    {
        while (context.Reader.Read() && context.Reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(context.Reader.TokenType == JsonTokenType.Number && context.Reader.TryGetInt32(out var value)
                ? value
                : Read(ref context));
        }
    }

    public override void WriteElements(Utf8JsonWriter writer, RepeatedField<int> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            writer.WriteNumberValue(list[i]);
        }
    }
}
