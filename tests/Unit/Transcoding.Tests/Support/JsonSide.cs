using System.Buffers;
using System.Text;
using Atropos.Transcoding.Calls;
using Atropos.Transcoding.Errors;
using Atropos.Transcoding.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>The JSON side alone.</summary>
internal static class JsonSide
{
    private static readonly CodecRegistry Registry = new();
    private static readonly Lock Gate = new();

    public static T Read<T>(string json, JsonReadSettings? settings = null)
        where T : class, IMessage<T>, new()
        => Read<T>(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), settings);

    public static T Read<T>(ReadOnlySequence<byte> json, JsonReadSettings? settings = null)
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        JsonBody.Read(json, CodecOf<T>(), message, settings ?? new JsonReadSettings());
        return message;
    }

    /// <summary>Reads the JSON in pieces of one byte or more, as a network may deliver it.</summary>
    public static T ReadPieces<T>(string json, int size)
        where T : class, IMessage<T>, new()
        => Read<T>(BufferPiece.Cut(Encoding.UTF8.GetBytes(json), size));

    public static string Write<T>(T message)
        where T : class, IMessage<T>, new()
    {
        using var buffer = new PooledBuffer();
        var writer = JsonWriters.Rent(buffer);
        CodecOf<T>().Write(writer, message);
        writer.Flush();
        JsonWriters.Return(writer);
        return Encoding.UTF8.GetString(buffer.Written.Span);
    }

    public static TranscodingException Fail<T>(string json, JsonReadSettings? settings = null)
        where T : class, IMessage<T>, new()
        => Assert.Throws<TranscodingException>(() => Read<T>(json, settings));

    private static MessageCodec<T> CodecOf<T>()
        where T : class, IMessage<T>, new()
    {
        lock (Gate)
        {
            return Registry.Get<T>(new T().Descriptor);
        }
    }
}
