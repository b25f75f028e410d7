using System.Text.Json;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A field mask as text: the paths with commas between them, in proto names like everything else here.</summary>
internal sealed class FieldMaskCodec : MessageCodec<FieldMask>
{
    public static readonly FieldMaskCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.String;

    public override string Expected => "field paths with commas between them";

    public override void ReadInto(ref JsonReadContext context, FieldMask message)
    {
        if (context.Reader.TokenType != JsonTokenType.String)
        {
            throw context.Wrong(Expected);
        }

        message.Paths.Add(Parse(context.ReadString()).Paths);
    }

    public override void Write(Utf8JsonWriter writer, FieldMask value) => writer.WriteStringValue(string.Join(',', value.Paths));

    public override FieldMask Parse(string text)
    {
        var mask = new FieldMask();
        mask.Paths.Add(text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return mask;
    }
}
