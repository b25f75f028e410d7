using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>added_tokens</c> section.</summary>
internal static class AddedTokenLoader
{
    /// <remarks>A token that the model's vocabulary has keeps the id that it has there, as in the original.</remarks>
    public static List<AddedToken> Load(JsonSection root, Vocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        if (root.Member("added_tokens").IsNull)
        {
            return tokens;
        }

        var seen = new HashSet<string>();
        foreach (var item in root.Items("added_tokens"))
        {
            var content = item.Text("content");
            var id = item.Number("id");
            if (id < 0)
            {
                throw item.Member("id").Fail($"expected 0 or more, found {id}");
            }

            if (content.Length == 0 || !seen.Add(content))
            {
                continue;
            }

            tokens.Add(new AddedToken(
                vocabulary.TryGetId(content, out var known) ? known : id,
                content,
                item.Flag("special"),
                item.Flag("lstrip"),
                item.Flag("rstrip"),
                item.Flag("single_word"),
                item.Flag("normalized")));
        }

        return tokens;
    }
}
