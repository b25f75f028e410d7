using System.Text.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Bytes, as base64: written with padding, read also without it and in the alphabet of URLs.</summary>
internal sealed class BytesCodec : JsonCodec<ByteString>
{
    public static readonly BytesCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.String;

    public override string Expected => "base64 text";

    public override ByteString Read(ref JsonReadContext context)
    {
        if (context.Reader.TokenType != JsonTokenType.String)
        {
            throw context.Wrong("base64 text");
        }

        if (context.Reader.TryGetBytesFromBase64(out var bytes))
        {
            return UnsafeByteOperations.UnsafeWrap(bytes);
        }

        try
        {
            return Parse(context.ReadString());
        }
        catch (FormatException)
        {
            throw context.Bad("expected base64 text");
        }
    }

    public override void Write(Utf8JsonWriter writer, ByteString value) => writer.WriteBase64StringValue(value.Span);

    public override bool IsDefault(ByteString value) => value.IsEmpty;

    public override ByteString Parse(string text)
    {
        var standard = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var padding = (standard.Length % 4) switch { 2 => "==", 3 => "=", _ => "" };
        try
        {
            return UnsafeByteOperations.UnsafeWrap(Convert.FromBase64String(standard + padding));
        }
        catch (FormatException)
        {
            throw new FormatException("expected base64 text");
        }
    }
}
