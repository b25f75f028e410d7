using System.Buffers;

namespace Atropos.Transcoding.Tests.Support;

/// <summary>Bytes cut into pieces.</summary>
internal sealed class BufferPiece : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> Cut(byte[] bytes, int size)
    {
        var first = new BufferPiece { Memory = bytes.AsMemory(0, Math.Min(size, bytes.Length)) };
        var last = first;
        for (var at = size; at < bytes.Length; at += size)
        {
            var next = new BufferPiece { Memory = bytes.AsMemory(at, Math.Min(size, bytes.Length - at)), RunningIndex = at };
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
