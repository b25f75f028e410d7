using System.Text;
using System.Text.Json;
using Atropos.Tokenizers.Loading;
using Atropos.Tokenizers.Patterns;

namespace Atropos.Tokenizers.Formats.Gpt2;

/// <summary>Turns the pair vocab.json and merges.txt (byte-level BPE as GPT-2 keeps it) into a tokenizer.json.</summary>
internal static class VocabMergesConverter
{
    /// <param name="input">Its content is vocab.json.</param>
    /// <param name="mergesFile">The path of merges.txt.</param>
    /// <param name="merges">The content of merges.txt.</param>
    public static Conversion Convert(FormatInput input, string mergesFile, ReadOnlyMemory<byte> merges)
    {
        var (pattern, composes) = (input.Options.SplitPattern, input.TokenizerClass) switch
        {
            (not null, _) => (input.Options.SplitPattern, false),
            (_, "GPT2Tokenizer") => (Gpt2Scanner.Expression, false),
            (_, "Qwen2Tokenizer") => (Cl100kScanner.OneDigitExpression, true),
            (_, null) => throw input.Fail(
                "what goes with vocab.json and merges.txt is not known without a tokenizer_class; put tokenizer_config.json beside them, "
                + $"or give {nameof(TokenizerLoadOptions)}.{nameof(TokenizerLoadOptions.SplitPattern)}"),
            var (_, other) => throw input.Config.Member("tokenizer_class").Fail(
                $"'{other}' with vocab.json and merges.txt is not supported; supported are GPT2Tokenizer and Qwen2Tokenizer. "
                + "Give the model's tokenizer.json"),
        };
        if (input.Config.Flag("add_prefix_space", false))
        {
            throw input.Config.Member("add_prefix_space").Fail("true is not supported with vocab.json and merges.txt; give the model's tokenizer.json");
        }

        using var document = TokenizerLoader.Parse(input.Content, input.File, out var vocabulary);
        if (vocabulary.Element.ValueKind != JsonValueKind.Object)
        {
            throw vocabulary.Fail($"expected an object from token to id, found {vocabulary.Element.ValueKind}");
        }

        var added = DeclaredTokens.Read(input.Config);
        var bos = input.Config.Flag("add_bos_token", false) ? input.Role("bos_token") : null;
        using var writer = new TokenizerJsonWriter();
        writer.WriteAddedTokens(added);
        if (composes)
        {
            writer.WriteRaw("normalizer", """{"type":"NFC"}"""u8);
        }
        else
        {
            writer.WriteNull("normalizer");
        }

        writer.WriteSplitThenByteLevel(pattern);
        writer.WriteTemplate(added.Find(token => token.Content == bos), after: null);
        writer.WriteByteLevelDecoder();

        var json = writer.Json;
        json.WriteStartObject("model"u8);
        json.WriteString("type"u8, "BPE"u8);
        json.WriteStartObject("vocab"u8);
        foreach (var entry in vocabulary.Element.EnumerateObject())
        {
            entry.WriteTo(json);
        }

        foreach (var token in added.Where(token => vocabulary.Member(token.Content).IsNull))
        {
            json.WriteNumber(token.Content, token.Id);
        }

        json.WriteEndObject();
        writer.WriteMerges(ReadMerges(mergesFile, merges));
        json.WriteEndObject();
        return new Conversion(writer.Finish(), new RoleTokens());
    }

    private static IEnumerable<(string Token, int Split)> ReadMerges(string file, ReadOnlyMemory<byte> content)
    {
        using var reader = new StringReader(Encoding.UTF8.GetString(content.Span));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || space == line.Length - 1 || line.IndexOf(' ', space + 1) >= 0)
            {
                throw new TokenizerLoadException(file, $"line {number}", $"expected 'left right', found '{line}'");
            }

            yield return (line.Remove(space, 1), space);
        }
    }
}
