using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Atropos.TokenTree.Matching;

/// <summary>Hashes fields without building their whole text. Lengths go in front, so that no two lists of fields look alike.</summary>
internal sealed class DigestWriter : IDisposable
{
    private const int BufferSize = 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _used;

    public void Dispose() => _hash.Dispose();

    public void Tag(DigestTag tag)
    {
        Room(1)[0] = (byte)tag;
        _used++;
    }

    public void Number(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);
        _used += sizeof(int);
    }

    public void Hash(MessageHash hash)
    {
        hash.CopyTo(Room(MessageHash.Size));
        _used += MessageHash.Size;
    }

    // UTF-16 as it is: no conversion, and text that is not valid Unicode stays distinct.
    public void Text(ReadOnlySpan<char> text)
    {
        Number(text.Length);
        Bytes(MemoryMarshal.AsBytes(text));
    }

    public MessageHash Finish()
    {
        Flush();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        return MessageHash.FromBytes(digest[..MessageHash.Size]);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferSize)
        {
            Flush();
            _hash.AppendData(bytes);
            return;
        }

        bytes.CopyTo(Room(bytes.Length));
        _used += bytes.Length;
    }

    private Span<byte> Room(int length)
    {
        if (_used + length > BufferSize)
        {
            Flush();
        }

        return _buffer.AsSpan(_used);
    }

    private void Flush()
    {
        _hash.AppendData(_buffer.AsSpan(0, _used));
        _used = 0;
    }
}
