using System.Text.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A message whose JSON form is text: Timestamp and Duration, in the forms that proto3's JSON mapping gives them.</summary>
internal sealed class TextMessageCodec<T>(string expected) : MessageCodec<T>
    where T : class, IMessage<T>, new()
{
    public override JsonKinds Kinds => JsonKinds.String;

    public override string Expected => expected;

    public override void ReadInto(ref JsonReadContext context, T message)
    {
        if (context.Reader.TokenType != JsonTokenType.String)
        {
            throw context.Wrong(expected);
        }

        try
        {
            message.MergeFrom(Parse(context.ReadString()));
        }
        catch (FormatException)
        {
            throw context.Bad($"expected {expected}");
        }
    }

    public override void Write(Utf8JsonWriter writer, T value)
        => writer.WriteStringValue(JsonFormatter.Default.Format(value).AsSpan().Trim('"'));

    public override T Parse(string text)
    {
        // The text goes between quotation marks: it must not bring its own.
        if (text.AsSpan().IndexOfAny('"', '\\') >= 0)
        {
            throw new FormatException($"expected {expected}");
        }

        try
        {
            return JsonParser.Default.Parse<T>($"\"{text}\"");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new FormatException($"expected {expected}");
        }
    }
}
