using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Any JSON object.</summary>
internal sealed class DynamicStructCodec : MessageCodec<Struct>
{
    public static readonly DynamicStructCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Object;

    public override string Expected => "an object";

    public override void ReadInto(ref JsonReadContext context, Struct message)
    {
        if (context.Reader.TokenType != JsonTokenType.StartObject)
        {
            throw context.Wrong(Expected);
        }

        DynamicJson.ReadMembers(ref context, message.Fields, 1);
    }

    public override void Write(Utf8JsonWriter writer, Struct value) => DynamicJson.WriteStruct(writer, value);
}
