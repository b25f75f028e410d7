using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Collections;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A 64-bit floating-point number, in the fewest digits that read back as the same.</summary>
internal sealed class DoubleCodec : JsonCodec<double>
{
    public static readonly DoubleCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Number;

    public override string Expected => "a number";

    public override double Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType == JsonTokenType.Number)
        {
            return context.Reader.TryGetDouble(out var value) && double.IsFinite(value)
                ? value
                : throw context.Bad("the number is too large");
        }

        if (context.Reader.TokenType == JsonTokenType.String)
        {
            return context.ReadString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw context.Wrong("a number"),
            };
        }

        throw context.Wrong("a number");
    }

    public override void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    // A negative zero is not the default: it would come back as a positive one.
    public override bool IsDefault(double value) => value == 0 && !double.IsNegative(value);

    public override double Parse(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("expected a number");

    public override void ReadElements(ref JsonReadContext context, RepeatedField<double> list)
    {
        while (context.Reader.Read() && context.Reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Read(ref context));
        }
    }

    public override void WriteElements(Utf8JsonWriter writer, RepeatedField<double> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            Write(writer, list[i]);
        }
    }
}
