using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary><c>google.protobuf.NullValue</c>: <c>null</c>.</summary>
internal sealed class NullValueCodec : JsonCodec<NullValue>
{
    public static readonly NullValueCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Null;

    public override string Expected => "null";

    public override NullValue Read(ref JsonReadContext context) =>
        context.Reader.TokenType == JsonTokenType.Null ? NullValue.NullValue : throw context.Wrong(Expected);

    public override void Write(Utf8JsonWriter writer, NullValue value) => writer.WriteNullValue();
}
