using System.Buffers;
using System.Text.Json;
using Atropos.Transcoding.Errors;
using Google.Protobuf;

namespace Atropos.Transcoding.Json;

/// <summary>Reads a whole request body, and turns what is wrong with it into the error that the client sees.</summary>
internal static class JsonBody
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the body into a message.</summary>
    /// <param name="body">The body's bytes; nothing at all is an empty object.</param>
    /// <param name="codec">The message's codec.</param>
    /// <param name="message">The message to fill.</param>
    /// <param name="settings">What is taken and what is refused.</param>
    /// <exception cref="TranscodingException">The body is not JSON, or not JSON of this message.</exception>
    public static void Read<T>(ReadOnlySequence<byte> body, MessageCodec<T> codec, T message, JsonReadSettings settings)
        where T : class, IMessage<T>, new()
    {
        body = Trim(body);
        if (body.IsEmpty)
        {
            return;
        }

        var context = new JsonReadContext(body, settings);
        try
        {
            context.Next();
            codec.ReadInto(ref context, message);
            Finish(ref context);
        }
        catch (Exception e) when (Explain(e, body, settings) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Reads the body into one field of a message.</summary>
    /// <exception cref="TranscodingException">The body is not JSON, or not JSON of this field.</exception>
    public static void ReadField(ReadOnlySequence<byte> body, FieldPlan field, IMessage owner, JsonReadSettings settings)
    {
        body = Trim(body);
        if (body.IsEmpty)
        {
            return;
        }

        var context = new JsonReadContext(body, settings);
        try
        {
            context.Next();
            if (context.Reader.TokenType != JsonTokenType.Null || field.TakesNull)
            {
                field.Read(ref context, owner);
            }

            Finish(ref context);
        }
        catch (Exception e) when (Explain(e, body, settings) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Whether the body is an object whose member of that name is <c>true</c>. A body that is not JSON has none.</summary>
    public static bool IsTrue(ReadOnlySequence<byte> body, string member, JsonReadSettings settings)
    {
        var context = new JsonReadContext(Trim(body), settings);
        try
        {
            if (!context.Reader.Read() || context.Reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (context.Reader.Read() && context.Reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = context.Reader.ValueTextEquals(member);
                context.Reader.Read();
                if (found)
                {
                    return context.Reader.TokenType == JsonTokenType.True;
                }

                context.Reader.Skip();
            }
        }
        catch (JsonException)
        {
            // The method that is chosen reads the body again and says what is wrong.
        }

        return false;
    }

    private static void Finish(ref JsonReadContext context)
    {
        // The reader itself refuses anything but white space after the document.
        while (context.Reader.Read())
        {
        }
    }

    private static ReadOnlySequence<byte> Trim(ReadOnlySequence<byte> body)
    {
        if (body.Length >= 3)
        {
            Span<byte> start = stackalloc byte[3];
            body.Slice(0, 3).CopyTo(start);
            if (start.SequenceEqual(ByteOrderMark))
            {
                body = body.Slice(3);
            }
        }

        var content = new SequenceReader<byte>(body);
        content.AdvancePastAny((byte)' ', (byte)'\t', (byte)'\r', (byte)'\n');
        return content.End ? ReadOnlySequence<byte>.Empty : body;
    }

    private static TranscodingException? Explain(Exception error, ReadOnlySequence<byte> body, JsonReadSettings settings)
    {
        if (error is JsonFormatException format)
        {
            var path = JsonLocation.PathOf(body, format.Offset, settings.MaxDepth);
            return TranscodingException.Invalid(
                path.Length == 0 ? $"The request body: {format.Message}." : $"{path}: {format.Message}.",
                path.Length == 0 ? null : path);
        }

        if (error is JsonException malformed)
        {
            // The reader's text ends with its own way of saying where.
            var text = malformed.Message;
            var cut = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
            text = cut < 0 ? text : text[..cut];
            return TranscodingException.Invalid(
                $"The request body is not valid JSON at line {malformed.LineNumber + 1}, position {malformed.BytePositionInLine + 1}: {text}",
                code: "invalid_json");
        }

        return null;
    }
}
