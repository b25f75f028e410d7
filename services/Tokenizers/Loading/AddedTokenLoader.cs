using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers.Loading;

/// <summary>Reads the <c>added_tokens</c> section.</summary>
internal static class AddedTokenLoader
{
    /// <remarks>
    /// The original gives ids anew: that of the model's vocabulary where it has the token, else the next free one. Files whose ids
    /// say otherwise exist, and the model was trained on what the original made of them.
    /// </remarks>
    public static List<AddedToken> Load(JsonSection root, Vocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        if (root.Member("added_tokens").IsNull)
        {
            return tokens;
        }

        var seen = new Dictionary<string, int>();
        var next = vocabulary.Count;
        foreach (var item in root.Items("added_tokens"))
        {
            var content = item.Text("content");
            item.Number("id");
            if (content.Length == 0 || seen.ContainsKey(content))
            {
                continue;
            }

            if (!vocabulary.TryGetId(content, out var id))
            {
                id = next;
            }

            next = Math.Max(next, id + 1);
            seen[content] = id;
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
}
