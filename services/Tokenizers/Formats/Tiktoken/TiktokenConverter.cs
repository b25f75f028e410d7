using System.Text.Json;
using Atropos.Tokenizers.AddedTokens;

namespace Atropos.Tokenizers.Formats.Tiktoken;

/// <summary>Turns a tiktoken vocabulary, with what is known of its family, into a tokenizer.json.</summary>
internal static class TiktokenConverter
{
    public static Conversion Convert(FormatInput input)
    {
        var vocabulary = TiktokenFile.Read(input.File, input.Content.Span);
        var family = FamilyOf(input, vocabulary.Count);
        var pattern = input.Options.SplitPattern ?? family?.Pattern ?? throw input.Fail(
            $"which pattern splits text for this vocabulary of {vocabulary.Count} tokens{CodeName(input)} is not known; "
            + $"give {nameof(TokenizerLoadOptions)}.{nameof(TokenizerLoadOptions.SplitPattern)}. "
            + $"Known are {string.Join(", ", TiktokenFamily.All.Select(known => $"{known.Name} ({known.TokenCount})"))}");
        var added = AddedTokens(input, vocabulary.Count, family);
        var bos = input.Role("bos_token") ?? family?.BosToken;

        using var writer = new TokenizerJsonWriter();
        writer.WriteAddedTokens(added);
        if (family is { Composes: true })
        {
            writer.WriteRaw("normalizer", """{"type":"NFC"}"""u8);
        }
        else
        {
            writer.WriteNull("normalizer");
        }

        writer.WriteSplitThenByteLevel(pattern);
        var addsBos = input.Config.Flag("add_bos_token", family is { AddsBos: true });
        writer.WriteTemplate(addsBos ? added.FirstOrDefault(token => token.Content == bos) : null, after: null);
        writer.WriteByteLevelDecoder();
        vocabulary.WriteModel(writer, shift: 0, added);
        return new Conversion(writer.Finish(), new RoleTokens(bos, family?.EosToken));
    }

    // Code that is not known may split in a way of its own, whatever the size of its vocabulary.
    private static TiktokenFamily? FamilyOf(FormatInput input, int count)
    {
        var names = CodeNames(input);
        return TiktokenFamily.All.FirstOrDefault(family => family.Codes.Any(code => names.Any(name => name == code || name.EndsWith("." + code, StringComparison.Ordinal))))
            ?? (names.Count > 0 ? null : TiktokenFamily.All.FirstOrDefault(family => family.TokenCount == count));
    }

    private static string CodeName(FormatInput input) => CodeNames(input) is [var name, ..] ? $" and the code '{name}'" : "";

    private static List<string> CodeNames(FormatInput input)
    {
        var names = new List<string>();
        var map = input.Config.Member("auto_map");
        var code = map.IsNull ? map : map.Element.ValueKind == JsonValueKind.Object ? map.Member("AutoTokenizer") : map;
        if (code.Element.ValueKind == JsonValueKind.Array)
        {
            names.AddRange(code.Element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!));
        }
        else if (!code.IsNull)
        {
            names.Add(code.AsText());
        }

        return names;
    }

    private static List<AddedToken> AddedTokens(FormatInput input, int count, TiktokenFamily? family)
    {
        if (input.Options.SpecialTokens is { } given)
        {
            return [.. given.OrderBy(entry => entry.Value).Select(entry => DeclaredTokens.Special(entry.Value, entry.Key))];
        }

        var added = DeclaredTokens.Read(input.Config);
        if (added.Count == 0 && family is not null)
        {
            added.AddRange(family.Listed?.Invoke(count) ?? throw input.Fail(
                $"the special tokens of {family.Name} are not in this file; put its tokenizer_config.json with added_tokens_decoder beside it, "
                + $"or give {nameof(TokenizerLoadOptions)}.{nameof(TokenizerLoadOptions.SpecialTokens)}"));
        }

        if (family is { Reserved: > 0 })
        {
            var named = added.Select(token => token.Id).ToHashSet();
            added.AddRange(Enumerable.Range(count, family.Reserved)
                .Where(id => !named.Contains(id))
                .Select(id => DeclaredTokens.Special(id, $"<|reserved_token_{id}|>")));
            added.Sort((left, right) => left.Id.CompareTo(right.Id));
        }

        return added;
    }
}
