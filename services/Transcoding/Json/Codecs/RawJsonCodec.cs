using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Text that is JSON itself: kept as it was sent, and written as it is.</summary>
internal sealed class RawJsonCodec : JsonCodec<string>
{
    public static readonly RawJsonCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.All;

    public override string Expected => "any JSON value";

    public override string Read(ref JsonReadContext context) => context.ReadRaw();

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
