using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Any JSON array.</summary>
internal sealed class DynamicListCodec : MessageCodec<ListValue>
{
    public static readonly DynamicListCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Array;

    public override string Expected => "an array";

    public override void ReadInto(ref JsonReadContext context, ListValue message)
    {
        if (context.Reader.TokenType != JsonTokenType.StartArray)
        {
            throw context.Wrong(Expected);
        }

        DynamicJson.ReadElements(ref context, message.Values, 1);
    }

    public override void Write(Utf8JsonWriter writer, ListValue value) => DynamicJson.WriteList(writer, value);
}
