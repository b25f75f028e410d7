using System.Buffers;
using System.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Decodes ids that are all there, by a table. Takes long lists in parts, so that beside the result little memory is used.</summary>
internal static class WholeDecoding
{
    private const int IdsAPart = 8192;
    private const int BytesAPart = 1 << 16;

    /// <summary>Decodes to a string.</summary>
    public static string ToText(TokenTable table, ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ids.Length < IdsAPart / 16 ? BytesAPart / 16 : BytesAPart);
        try
        {
            if (ids.Length <= IdsAPart)
            {
                var decoding = new TableDecoding(table, skipSpecialTokens, buffer);
                decoding.Append(ids);
                decoding.Complete();
                return Encoding.UTF8.GetString(decoding.Certain);
            }

            // Once to measure and once to write costs less than a second copy of the text would.
            var length = 0;
            foreach (var part in new Parts(new TableDecoding(table, skipSpecialTokens, buffer), ids))
            {
                length = checked(length + Encoding.UTF8.GetCharCount(part));
            }

            return string.Create(
                length,
                new Parts(new TableDecoding(table, skipSpecialTokens, buffer), ids),
                static (chars, parts) =>
                {
                    foreach (var part in parts)
                    {
                        chars = chars[Encoding.UTF8.GetChars(part, chars)..];
                    }
                });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Decodes to UTF-8, which is valid also where the tokens' bytes are not; returns how many bytes there are.</summary>
    public static long ToUtf8(TokenTable table, ReadOnlySpan<int> ids, bool skipSpecialTokens, IBufferWriter<byte> output)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BytesAPart);
        try
        {
            long count = 0;
            foreach (var part in new Parts(new TableDecoding(table, skipSpecialTokens, buffer), ids))
            {
                if (System.Text.Unicode.Utf8.IsValid(part))
                {
                    output.Write(part);
                    count += part.Length;
                }
                else
                {
                    count += Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(part), output);
                }
            }

            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How many bytes at the end begin a character without ending it.</summary>
    private static int Unfinished(ReadOnlySpan<byte> bytes)
    {
        for (var count = 1; count <= Math.Min(3, bytes.Length); count++)
        {
            if ((bytes[^count] & 0xC0) != 0x80)
            {
                return Rune.DecodeFromUtf8(bytes[^count..], out _, out _) == OperationStatus.NeedMoreData ? count : 0;
            }
        }

        return 0;
    }

    /// <summary>A decoding's bytes in parts, none of which ends inside a character that the next one ends.</summary>
    private ref struct Parts(TableDecoding decoding, ReadOnlySpan<int> ids)
    {
        private ReadOnlySpan<int> _ids = ids;
        private int _used;
        private bool _completed;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly Parts GetEnumerator() => this;

        public bool MoveNext()
        {
            decoding.Consume(_used);
            if (_completed)
            {
                return false;
            }

            var count = Math.Min(IdsAPart, _ids.Length);
            decoding.Append(_ids[..count]);
            _ids = _ids[count..];
            if (_ids.IsEmpty)
            {
                decoding.Complete();
                _completed = true;
            }

            var bytes = decoding.Certain;
            Current = bytes[..^(_completed ? 0 : Unfinished(bytes))];
            _used = Current.Length;
            return true;
        }
    }
}
