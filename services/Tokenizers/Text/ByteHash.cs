using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Atropos.Tokenizers.Text;

/// <summary>A quick hash of short runs of bytes, for tables whose keys are fixed when a file is loaded and for caches that only ever replace.</summary>
internal static class ByteHash
{
    private const ulong Factor = 0x9E3779B97F4A7C15UL;

    /// <summary>The hash; its upper bits are the better mixed ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ref var at = ref MemoryMarshal.GetReference(bytes);
        var left = bytes.Length;
        var hash = (ulong)left * Factor;
        for (; left > 8; left -= 8)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref at)) * Factor;
            hash ^= hash >> 32;
            at = ref Unsafe.Add(ref at, 8);
        }

        ulong tail = 0;
        if (left >= 4)
        {
            tail = Unsafe.ReadUnaligned<uint>(ref at) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, left - 4)) << 32);
        }
        else if (left > 0)
        {
            tail = at | ((ulong)Unsafe.Add(ref at, left >> 1) << 8) | ((ulong)Unsafe.Add(ref at, left - 1) << 16);
        }

        hash = (hash ^ tail) * Factor;
        return (hash ^ (hash >> 32)) * Factor;
    }
}
