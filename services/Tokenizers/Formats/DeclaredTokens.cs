using System.Globalization;
using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Formats;

/// <summary>Reads <c>added_tokens_decoder</c> of tokenizer_config.json: for formats whose vocabulary lacks them, the added tokens.</summary>
internal static class DeclaredTokens
{
    /// <summary>The tokens in the order of their ids; empty where none are declared.</summary>
    public static List<AddedToken> Read(JsonSection config)
    {
        var section = config.Member("added_tokens_decoder");
        var tokens = new List<AddedToken>();
        if (section.IsNull)
        {
            return tokens;
        }

        if (section.Element.ValueKind != JsonValueKind.Object)
        {
            throw section.Fail($"expected an object from id to token, found {section.Element.ValueKind}");
        }

        foreach (var entry in section.Element.EnumerateObject())
        {
            var token = section.Member(entry.Name);
            if (!int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw token.Fail($"expected a token id of 0 or more as the key, found '{entry.Name}'");
            }

            tokens.Add(new AddedToken(
                id,
                token.Text("content"),
                token.Flag("special", false),
                token.Flag("lstrip", false),
                token.Flag("rstrip", false),
                token.Flag("single_word", false),
                token.Flag("normalized", false)));
        }

        tokens.Sort((left, right) => left.Id.CompareTo(right.Id));
        return tokens;
    }

    /// <summary>A special token without any of the flags that change where it is found.</summary>
    public static AddedToken Special(int id, string content) => new(id, content, Special: true, false, false, false, false);
}
