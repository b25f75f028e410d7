using System.Runtime.CompilerServices;
using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// The boundaries of a model whose symbols begin as bytes, between characters: most pairs of Chinese characters are never joined.
/// </summary>
/// <remarks>
/// A merge may join a character, or the last bytes of one, to a character or the first bytes of one. Text is valid UTF-8, so that
/// what could join anything else never comes to it.
/// </remarks>
internal sealed class ByteBoundaries : WordBoundaries
{
    private const uint Partial = 1u << 31;

    private readonly PairSet _joined = new();
    private readonly bool[] _partialEnds = new bool[256];
    private readonly bool[] _partialStarts = new bool[256];

    private ByteBoundaries()
    {
    }

    /// <summary>The boundaries of a model; null where two of its tokens share an id.</summary>
    /// <param name="vocabulary">The model's tokens, in the alphabet of bytes.</param>
    /// <param name="merges">Its merges.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ByteBoundaries? Find(Vocabulary vocabulary, MergeTable merges)
    {
        if (!vocabulary.HasDistinctIds)
        {
            return null;
        }

        var boundaries = new ByteBoundaries();
        foreach (var pair in merges.Pairs)
        {
            if (pair != MergeTable.Empty
                && TryReadEnd(vocabulary.Utf8Of((int)(pair >> 32)), out var left, out var lastByte)
                && TryReadStart(vocabulary.Utf8Of((int)(uint)pair), out var right, out var firstByte))
            {
                boundaries._joined.Add(Pair(left, right));
                boundaries._partialEnds[lastByte] |= left >= Partial;
                boundaries._partialStarts[firstByte] |= right >= Partial;
            }
        }

        boundaries.RememberAscii();
        return boundaries;
    }

    protected override bool LooksJoined(int left, int right)
    {
        if (_joined.Contains(Pair(Known(left), Known(right))))
        {
            return true;
        }

        Span<byte> leftBytes = stackalloc byte[4];
        Span<byte> rightBytes = stackalloc byte[4];
        leftBytes = leftBytes[..new Rune(Known(left)).EncodeToUtf8(leftBytes)];
        rightBytes = rightBytes[..new Rune(Known(right)).EncodeToUtf8(rightBytes)];
        if (_partialStarts[rightBytes[0]] && JoinsStart(Known(left), rightBytes))
        {
            return true;
        }

        if (_partialEnds[leftBytes[^1]])
        {
            for (var count = 1; count < leftBytes.Length; count++)
            {
                var end = Part(leftBytes[^count..]);
                if (_joined.Contains(Pair(end, Known(right))) || JoinsStart(end, rightBytes))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A lone surrogate becomes U+FFFD when it becomes bytes.
    private static uint Known(int codePoint) => (uint)(Rune.IsValid(codePoint) ? codePoint : Rune.ReplacementChar.Value);

    private bool JoinsStart(uint left, ReadOnlySpan<byte> right)
    {
        for (var count = 1; count < right.Length; count++)
        {
            if (_joined.Contains(Pair(left, Part(right[..count]))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One to three bytes that are not a whole character.</summary>
    private static uint Part(ReadOnlySpan<byte> bytes)
    {
        var packed = (uint)bytes.Length;
        foreach (var value in bytes)
        {
            packed = (packed << 8) | value;
        }

        return Partial | packed;
    }

    /// <summary>What a token ends with: a character, or the last bytes of one if it has no more.</summary>
    private static bool TryReadEnd(ReadOnlySpan<byte> token, out uint end, out byte lastByte)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        end = lastByte = 0;
        do
        {
            if (Rune.DecodeLastFromUtf8(token, out var letter, out var length) != 0 || !TryReadByte(letter, out var value))
            {
                return false;
            }

            token = token[..^length];
            bytes[^++count] = value;
        }
        while (count < 4 && !token.IsEmpty && IsContinuation(bytes[^count]));

        var read = bytes[^count..];
        lastByte = read[^1];
        if (Rune.DecodeFromUtf8(read, out var rune, out var whole) == 0 && whole == count)
        {
            end = (uint)rune.Value;
            return true;
        }

        end = count < 4 ? Part(read) : 0;
        return count < 4 && IsContinuation(read[0]);
    }

    /// <summary>What a token begins with: a character, or the first bytes of one if it has no more.</summary>
    private static bool TryReadStart(ReadOnlySpan<byte> token, out uint start, out byte firstByte)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        start = firstByte = 0;
        while (count < 4 && !token.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(token, out var letter, out var length) != 0 || !TryReadByte(letter, out bytes[count]))
            {
                return false;
            }

            token = token[length..];
            var status = Rune.DecodeFromUtf8(bytes[..++count], out var rune, out _);
            firstByte = bytes[0];
            if (status == System.Buffers.OperationStatus.Done)
            {
                start = (uint)rune.Value;
                return true;
            }

            if (status == System.Buffers.OperationStatus.InvalidData)
            {
                return false;
            }
        }

        start = count is > 0 and < 4 ? Part(bytes[..count]) : 0;
        return count is > 0 and < 4;
    }

    private static bool IsContinuation(byte value) => (value & 0xC0) == 0x80;

    private static bool TryReadByte(Rune letter, out byte value)
    {
        var read = letter.IsBmp ? ByteAlphabet.ToByte((char)letter.Value) : -1;
        value = (byte)Math.Max(0, read);
        return read >= 0;
    }
}
