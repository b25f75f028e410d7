using Google.Protobuf;

namespace Atropos.Transcoding.Json;

/// <summary>Reads and writes messages of one type.</summary>
internal abstract class MessageCodec<T> : JsonCodec<T>, IMessageCodec
    where T : class, IMessage<T>, new()
{
    public sealed override T Read(ref JsonReadContext context)
    {
        var message = new T();
        ReadInto(ref context, message);
        return message;
    }

    /// <summary>Reads into a message that exists.</summary>
    public abstract void ReadInto(ref JsonReadContext context, T message);

    public override bool IsDefault(T value) => value is null;

    public override IMessage CreateMessage() => new T();

    /// <inheritdoc/>
    public virtual void Link(CodecRegistry registry)
    {
    }
}
