using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>added_tokens</c> section.</summary>
internal static class AddedTokenLoader
{
    /// <remarks>
    /// The original gives ids anew: that of the model's vocabulary where it has the token, else the number of the vocabulary's tokens
    /// and on from there, be those ids taken or not. Files whose ids say otherwise exist (Kimi K2's), and what the original makes of them
    /// is what the rest of the world sees.
    /// </remarks>
    public static List<AddedToken> Load(JsonSection root, Vocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        if (root.Member("added_tokens").IsNull)
        {
            return tokens;
        }

        var seen = new HashSet<string>();
        var next = vocabulary.Count;
        foreach (var item in root.Items("added_tokens"))
        {
            var content = item.Text("content");
            RequireId(item.Member("id"));
            if (content.Length == 0 || !seen.Add(content))
            {
                continue;
            }

            var id = vocabulary.TryGetId(content, out var known) ? known : next++;
            tokens.Add(new AddedToken(
                id,
                content,
                item.Flag("special"),
                item.Flag("lstrip"),
                item.Flag("rstrip"),
                item.Flag("single_word"),
                item.Flag("normalized")));
        }

        return tokens;
    }

    private static void RequireId(JsonSection id)
    {
        if (id.Element.ValueKind != JsonValueKind.Number || !id.Element.TryGetUInt32(out _))
        {
            throw id.Fail($"expected a token id, a whole number from 0 on, found {(id.IsNull ? "nothing" : id.Element.GetRawText())}");
        }
    }
}
