using System.Text.Json;
using Atropos.Json.V1;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Text that is JSON itself: kept as it was sent, and written as it is.</summary>
internal sealed class RawJsonCodec : JsonCodec<string>
{
    public static readonly RawJsonCodec Any = new(JsonKinds.All, "any JSON value");

    private static readonly RawJsonCodec OneObject = new(JsonKinds.Object, "an object");
    private static readonly RawJsonCodec OneArray = new(JsonKinds.Array, "an array");

    private RawJsonCodec(JsonKinds kinds, string expected)
    {
        Kinds = kinds;
        Expected = expected;
    }

    public override JsonKinds Kinds { get; }

    public override string Expected { get; }

    /// <summary>The codec of a field with these rules.</summary>
    /// <exception cref="InvalidOperationException">They name a type that JSON does not have.</exception>
    public static RawJsonCodec For(FieldRules rules) => rules.RawJsonType switch
    {
        "" => Any,
        "object" => OneObject,
        "array" => OneArray,
        var type => throw new InvalidOperationException($"raw_json_type is `{type}`; it must be `object` or `array`."),
    };

    public override string Read(ref JsonReadContext context) =>
        (Kinds & JsonTokens.KindOf(context.Reader.TokenType)) != 0 ? context.ReadRaw() : throw context.Wrong(Expected);

    public override void Write(Utf8JsonWriter writer, string value)
    {
        if (value.Length == 0)
        {
            writer.WriteNullValue();
        }
        else
        {
            // Checked: text that is not JSON would spoil the whole answer.
            writer.WriteRawValue(value, skipInputValidation: false);
        }
    }

    public override bool IsDefault(string value) => value.Length == 0;
}
