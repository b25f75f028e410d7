using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Collections;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A 32-bit floating-point number, in the fewest digits that read back as the same.</summary>
internal sealed class FloatCodec : JsonCodec<float>
{
    public static readonly FloatCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "a number";

    public override float Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType == JsonTokenType.Number)
        {
            return context.Reader.TryGetSingle(out var value) && float.IsFinite(value)
                ? value
                : throw context.Bad("the number is too large");
        }

        if (context.Reader.TokenType == JsonTokenType.String)
        {
            return context.ReadString() switch
            {
                "NaN" => float.NaN,
                "Infinity" => float.PositiveInfinity,
                "-Infinity" => float.NegativeInfinity,
                _ => throw context.Wrong("a number"),
            };
        }

        throw context.Wrong("a number");
    }

    public override void Write(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(float.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    // A negative zero is not the default: it would come back as a positive one.
    public override bool IsDefault(float value) => value == 0 && !float.IsNegative(value);

    public override float Parse(string text)
        => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected a number");

    public override void ReadElements(ref JsonReadContext context, RepeatedField<float> list)
    {
        while (context.Reader.Read() && context.Reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Read(ref context));
        }
    }

    public override void WriteElements(Utf8JsonWriter writer, RepeatedField<float> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            Write(writer, list[i]);
        }
    }
}
