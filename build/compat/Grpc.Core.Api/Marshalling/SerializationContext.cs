using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message to be sent is serialized to.</summary>
public abstract class SerializationContext
{
    /// <summary>Creates a context.</summary>
    protected SerializationContext()
    {
    }

    /// <summary>Gives the whole payload at once, and completes. The array belongs to the context from then on.</summary>
    /// <param name="payload">The payload.</param>
    /// <exception cref="NotSupportedException">This context does not take arrays.</exception>
    public virtual void Complete(byte[] payload) =>
        throw new NotSupportedException("This serialization context does not take the payload as an array.");

    /// <summary>Gets a buffer writer for the payload; call <see cref="Complete()"/> when all is written.</summary>
    /// <returns>The writer.</returns>
    /// <exception cref="NotSupportedException">This context has no buffer writer.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() =>
        throw new NotSupportedException("This serialization context has no buffer writer.");

    /// <summary>Says how long the payload will be, before the buffer writer is asked for. A hint, which may be ignored.</summary>
    /// <param name="payloadLength">The length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Completes a payload that was written to the buffer writer.</summary>
    /// <exception cref="NotSupportedException">This context has no buffer writer.</exception>
    public virtual void Complete() =>
        throw new NotSupportedException("This serialization context has no buffer writer.");
}
