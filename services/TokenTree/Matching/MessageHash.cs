using System.Buffers.Binary;

namespace Atropos.TokenTree.Matching;

/// <summary>
/// 128 bits of SHA-256 that stand for a message or a conversation. Stable across processes and versions of the runtime, so it may be
/// stored.
/// </summary>
/// <param name="Value">The bits.</param>
public readonly record struct MessageHash(UInt128 Value)
{
    /// <summary>Number of bytes that <see cref="CopyTo"/> writes.</summary>
    public const int Size = 16;

    /// <summary>Reads a hash that <see cref="CopyTo"/> wrote.</summary>
    /// <param name="bytes"><see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public static MessageHash FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A message hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new MessageHash(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>Writes the hash.</summary>
    /// <param name="destination">Takes <see cref="Size"/> bytes.</param>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Gives the hash as 32 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
