using System.Buffers;

namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// What every id contributes in the middle of a text: all bytes in one array, and where each id's begin, with its kind, in another.
/// About 4 bytes an id beside the bytes themselves.
/// </summary>
internal sealed class TokenTable
{
    /// <summary>No token has this id.</summary>
    public const uint Absent = 1u << 31;

    /// <summary>Left out where special tokens are.</summary>
    public const uint Skipped = 1u << 30;

    /// <summary>One byte of a run.</summary>
    public const uint ByteToken = 1u << 29;

    /// <summary>The part of an entry that says where an id's bytes begin.</summary>
    public const uint OffsetMask = ByteToken - 1;

    /// <summary>How many bytes may be read from where an id's bytes begin, however few it has.</summary>
    public const int Padding = 16;

    private readonly uint[] _entries;
    private readonly byte[] _bytes;

    public TokenTable(DecodingPlan plan, int size, Func<int, string?> tokenOf, Func<int, bool> isSkipped)
    {
        Plan = plan;
        TokenOf = tokenOf;
        _entries = new uint[size + 1];
        var bytes = new ArrayBufferWriter<byte>((size * 6) + Padding);
        for (var id = 0; id < size; id++)
        {
            var entry = Offset(bytes);
            if (tokenOf(id) is { } token)
            {
                entry |= plan.Append(token, TokenPlace.Middle, bytes) ? ByteToken : 0;
                entry |= isSkipped(id) ? Skipped : 0;
            }
            else
            {
                entry |= Absent;
            }

            _entries[id] = entry;
        }

        _entries[size] = Offset(bytes);
        _bytes = new byte[bytes.WrittenCount + Padding];
        bytes.WrittenSpan.CopyTo(_bytes);
    }

    public DecodingPlan Plan { get; }

    /// <summary>A token as the decoder is given it; null when no token has this id.</summary>
    public Func<int, string?> TokenOf { get; }

    /// <summary>One entry an id, and one that ends the last: the offset of its bytes and its kind.</summary>
    public ReadOnlySpan<uint> Entries => _entries;

    /// <summary>All bytes, and <see cref="Padding"/> behind them.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The bytes of an id from 0 on and below the table's size.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var start = (int)(_entries[id] & OffsetMask);
            return _bytes.AsSpan(start, (int)(_entries[id + 1] & OffsetMask) - start);
        }
    }

    /// <summary>The token that an id stands for; null when it stands for none or is left out.</summary>
    public string? TokenFor(int id, bool skipSpecialTokens) =>
        (uint)id >= (uint)(_entries.Length - 1) || (skipSpecialTokens && (_entries[id] & Skipped) != 0) ? null : TokenOf(id);

    private static uint Offset(ArrayBufferWriter<byte> bytes) => (uint)bytes.WrittenCount <= OffsetMask
        ? (uint)bytes.WrittenCount
        : throw new InvalidOperationException($"The vocabulary's tokens have more than {OffsetMask} bytes.");
}
