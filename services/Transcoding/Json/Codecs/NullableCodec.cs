using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A wrapper message, such as <c>google.protobuf.Int32Value</c>, as the value that it wraps.</summary>
internal sealed class NullableCodec<T>(JsonCodec<T> inner) : JsonCodec<T?>
    where T : struct
{
    public override JsonKinds Kinds => inner.Kinds;

    public override string Expected => inner.Expected;

    public override bool Matches(Utf8JsonReader reader) => inner.Matches(reader);

    public override T? Read(ref JsonReadContext context) => inner.Read(ref context);

    public override void Write(Utf8JsonWriter writer, T? value)
    {
        if (value is { } present)
        {
            inner.Write(writer, present);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    public override T? Parse(string text) => inner.Parse(text);
}
