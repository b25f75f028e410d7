using System.Buffers.Binary;
using System.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's <c>precompiled_charsmap</c>: a double array trie (darts-clone's layout) from UTF-8 texts to places in a run of
/// texts that each end with a zero.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _trie;
    private readonly byte[] _texts;

    /// <exception cref="FormatException">The bytes are no such map.</exception>
    public CharacterMap(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : uint.MaxValue;
        if (size > (uint)Math.Max(0, bytes.Length - 4) || size % 4 != 0 || size == 0)
        {
            throw new FormatException("expected a length, a trie of that length in bytes, and texts");
        }

        _trie = new uint[size / 4];
        for (var index = 0; index < _trie.Length; index++)
        {
            _trie[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 + (index * 4))..]);
        }

        _texts = bytes[(4 + (int)size)..].ToArray();
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(_texts);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException("expected UTF-8 texts behind the trie", error);
        }
    }

    /// <summary>
    /// What the map makes of a text: the replacement of the shortest beginning that the map knows, whatever follows it, as in the
    /// original.
    /// </summary>
    public bool TryFind(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> replacement)
    {
        replacement = default;
        var node = Offset(_trie[0]);
        foreach (var value in key)
        {
            if (value == 0)
            {
                return false;
            }

            node ^= value;
            if (node >= (uint)_trie.Length || (_trie[node] & 0x800000FF) != value)
            {
                return false;
            }

            var unit = _trie[node];
            node ^= Offset(unit);
            if ((unit & 0x100) != 0)
            {
                var start = node < (uint)_trie.Length ? _trie[node] & 0x7FFFFFFF : uint.MaxValue;
                if (start > (uint)_texts.Length)
                {
                    return false;
                }

                var rest = _texts.AsSpan((int)start);
                var end = rest.IndexOf((byte)0);
                replacement = end < 0 ? rest : rest[..end];
                return true;
            }
        }

        return false;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}
