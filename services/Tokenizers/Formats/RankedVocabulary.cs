using System.Runtime.InteropServices;
using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Formats;

/// <summary>Tokens of bytes by rank: what tiktoken and tekken files hold, written as a byte-level BPE of tokenizer.json.</summary>
internal sealed class RankedVocabulary
{
    private const int LongestToken = 1 << 12;

    private readonly string _file;
    private readonly Dictionary<string, int> _ranks;

    public RankedVocabulary(string file, int capacity)
    {
        _file = file;
        _ranks = new Dictionary<string, int>(capacity);
    }

    public int Count => _ranks.Count;

    /// <summary>Adds a token; <paramref name="place"/> is where it stands in the file, for errors.</summary>
    public void Add(ReadOnlySpan<byte> token, int rank, string place)
    {
        // How a token comes about is found by going over it again and again.
        if (token.Length > LongestToken)
        {
            throw new TokenizerLoadException(_file, place, $"expected a token of at most {LongestToken} bytes, found {token.Length}");
        }

        Span<char> mapped = token.Length <= 256 ? stackalloc char[token.Length] : new char[token.Length];
        for (var index = 0; index < token.Length; index++)
        {
            mapped[index] = ByteAlphabet.ToChar(token[index]);
        }

        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranks.GetAlternateLookup<ReadOnlySpan<char>>(), mapped, out var exists);
        known = exists
            ? throw new TokenizerLoadException(_file, place, $"this token has already appeared, with rank {known}; expected each token once")
            : rank;
    }

    /// <summary>Writes the <c>model</c> section. Ids are ranks plus <paramref name="shift"/>; added tokens keep the ids they have.</summary>
    public void WriteModel(TokenizerJsonWriter writer, int shift, IReadOnlyList<AddedToken> added)
    {
        RequireAllBytes();
        var tokens = _ranks.OrderBy(entry => entry.Value).ToArray();
        RequireDistinct(tokens, shift, added);

        var json = writer.Json;
        json.WriteStartObject("model"u8);
        json.WriteString("type"u8, "BPE"u8);
        json.WriteNull("dropout"u8);
        json.WriteNull("unk_token"u8);
        json.WriteBoolean("fuse_unk"u8, false);
        json.WriteBoolean("byte_fallback"u8, false);

        // A piece that is a token as a whole is never taken apart.
        json.WriteBoolean("ignore_merges"u8, true);
        json.WriteStartObject("vocab"u8);
        foreach (var (token, rank) in tokens)
        {
            json.WriteNumber(token, rank + shift);
        }

        // Here too, since tokenizer.json numbers added tokens anew unless the model knows them.
        foreach (var token in added.Where(token => !_ranks.ContainsKey(token.Content)))
        {
            json.WriteNumber(token.Content, token.Id);
        }

        json.WriteEndObject();
        var deriver = new MergeDeriver(_ranks);
        writer.WriteMerges(tokens.Select(entry => (entry.Key, Split: deriver.Split(entry.Key))).Where(merge => merge.Split > 0));
        json.WriteEndObject();
    }

    private void RequireAllBytes()
    {
        for (var value = 0; value < 256; value++)
        {
            if (!_ranks.ContainsKey(ByteAlphabet.ToChar((byte)value).ToString()))
            {
                throw new TokenizerLoadException(_file, "", $"expected a token for every single byte; byte 0x{value:X2} has none");
            }
        }
    }

    private void RequireDistinct(KeyValuePair<string, int>[] tokens, int shift, IReadOnlyList<AddedToken> added)
    {
        var byId = new Dictionary<int, string>(tokens.Length + added.Count);
        foreach (var (token, rank) in tokens)
        {
            if (!byId.TryAdd(rank + shift, token))
            {
                throw new TokenizerLoadException(_file, "", $"rank {rank} stands at two tokens; expected each rank once");
            }
        }

        var contents = new HashSet<string>();
        foreach (var token in added)
        {
            if (!contents.Add(token.Content))
            {
                throw new TokenizerLoadException(_file, "", $"added token '{token.Content}' is declared with two ids; expected one");
            }

            if (_ranks.TryGetValue(token.Content, out var rank) ? rank + shift != token.Id : !byId.TryAdd(token.Id, token.Content))
            {
                throw new TokenizerLoadException(_file, "", $"added token '{token.Content}' has id {token.Id}, which clashes with the vocabulary");
            }
        }
    }
}
