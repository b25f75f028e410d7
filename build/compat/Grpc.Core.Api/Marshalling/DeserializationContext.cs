using System.Buffers;

namespace Grpc.Core;

/// <summary>The payload of a received message.</summary>
public abstract class DeserializationContext
{
    /// <summary>Creates a context.</summary>
    protected DeserializationContext()
    {
    }

    /// <summary>Length of the payload in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Gets the payload in an array of its own. Call one of the payload methods, once.</summary>
    /// <returns>The payload.</returns>
    /// <exception cref="NotSupportedException">This context does not give arrays.</exception>
    public virtual byte[] PayloadAsNewBuffer() =>
        throw new NotSupportedException("This deserialization context does not give the payload as an array.");

    /// <summary>
    /// Gets the payload where it lies, without a copy where possible; valid until the deserializer returns.
    /// Call one of the payload methods, once.
    /// </summary>
    /// <returns>The payload.</returns>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
