using System.Text;
using Atropos.Tokenizer.V1;
using Google.Protobuf;

namespace Atropos.SessionTracker.Clients;

/// <summary>The bytes that each id of a tokenizer stands for. Immutable.</summary>
internal sealed class Vocabulary
{
    private readonly ByteString[] _bytes;
    private readonly HashSet<int> _special;

    /// <summary>Takes over what the tokenizer answered.</summary>
    public Vocabulary(GetVocabularyResponse response)
    {
        _bytes = [.. response.TokenBytes];
        _special = [.. response.SpecialTokenIds];
    }

    /// <summary>The bytes of an id; empty for one that is not assigned.</summary>
    public ReadOnlySpan<byte> Bytes(int id) => (uint)id < (uint)_bytes.Length ? _bytes[id].Span : [];

    /// <summary>The text of an id; U+FFFD stands for bytes that are not UTF-8 by themselves.</summary>
    public string Text(int id) => Encoding.UTF8.GetString(Bytes(id));

    /// <summary>Whether an id is a special token.</summary>
    public bool IsSpecial(int id) => _special.Contains(id);
}
