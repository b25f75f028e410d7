using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Any JSON value, null included.</summary>
internal sealed class DynamicValueCodec : MessageCodec<Value>
{
    public static readonly DynamicValueCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.All;

    public override string Expected => "any JSON value";

    public override void ReadInto(ref JsonReadContext context, Value message)
        => message.MergeFrom(DynamicJson.ReadValue(ref context, 0));

    public override void Write(Utf8JsonWriter writer, Value value) => DynamicJson.WriteValue(writer, value);

    public override Value Parse(string text) => Value.ForString(text);
}
