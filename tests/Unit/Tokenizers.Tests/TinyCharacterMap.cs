using System.Buffers.Binary;
using System.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>A character map that turns <c>a</c> into <c>bc</c>, laid out by hand.</summary>
internal static class TinyCharacterMap
{
    public static byte[] Bytes
    {
        get
        {
            // The root's children lie at 256 ^ byte; the leaf of 'a' lies at its own offset and holds the place of its text.
            const int Root = 256;
            const int Letter = Root ^ 'a';
            const int Leaf = 512;
            var trie = new uint[1024];
            trie[0] = Root << 10;
            trie[Letter] = ((Leaf ^ Letter) << 10) | 0x100 | 'a';
            trie[Leaf] = 0x80000000;
            var texts = Encoding.UTF8.GetBytes("bc\0");
            var bytes = new byte[4 + (trie.Length * 4) + texts.Length];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, trie.Length * 4);
            for (var index = 0; index < trie.Length; index++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (index * 4)), trie[index]);
            }

            texts.CopyTo(bytes, bytes.Length - texts.Length);
            return bytes;
        }
    }
}
