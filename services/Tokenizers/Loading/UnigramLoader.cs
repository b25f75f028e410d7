using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads a Unigram model.</summary>
internal static class UnigramLoader
{
    /// <remarks>
    /// The sampling settings of other implementations (<c>alpha</c>, <c>nbest_size</c>) and <c>fuse_unk</c> are not part of the format;
    /// the original passes over them, and so is done here: encoding is never random, and unknown characters are always fused.
    /// </remarks>
    public static UnigramModel Load(JsonSection section)
    {
        var list = section.Member("vocab");
        if (list.Element.ValueKind != JsonValueKind.Array)
        {
            throw list.Fail("expected a list of tokens with scores");
        }

        var count = list.Element.GetArrayLength();
        var tokens = new VocabularyBuilder();
        var scores = new double[count];
        var id = 0;
        foreach (var entry in list.Element.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Array
                || entry.GetArrayLength() != 2
                || entry[0].ValueKind != JsonValueKind.String
                || entry[1].ValueKind != JsonValueKind.Number)
            {
                throw list.Item(id).Fail($"expected [token, score], found {entry.GetRawText()}");
            }

            if (!ScoreParser.TryParse(JsonMarshal.GetRawUtf8Value(entry[1]), out scores[id]))
            {
                throw list.Item(id).Fail($"expected a score in the range of a 64-bit floating-point number, found {entry[1].GetRawText()}");
            }

            tokens.Add(Encoding.UTF8.GetBytes(entry[0].GetString()!), id++);
        }

        return new UnigramModel(new Vocabulary(tokens, isList: true), scores, UnkId(section.Member("unk_id"), count), ByteFallback(section));
    }

    private static int UnkId(JsonSection member, int count)
    {
        if (member.IsNull)
        {
            return -1;
        }

        return member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetInt32(out var id) && (uint)id < (uint)count
            ? id
            : throw member.Fail($"expected null or the place of a token in the vocabulary of {count}, found {member.Element.GetRawText()}");
    }

    private static bool ByteFallback(JsonSection section) =>
        section.Member("byte_fallback").Element.ValueKind != JsonValueKind.Undefined && section.Flag("byte_fallback");
}
