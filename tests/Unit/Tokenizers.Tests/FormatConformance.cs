using System.Text;
using System.Text.Json;
using Atropos.TestSupport;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Tests;

/// <summary>Published vocabularies, written in other formats and read back, encode as their tokenizer.json does.</summary>
public sealed class FormatConformance
{
    [Theory]
    [InlineData("kimi-k2", 163584)]
    [InlineData("llama-3.2-instruct", 128000)]
    [InlineData("qwen2.5", 151643)]
    [InlineData("gpt-oss", 199998)]
    [InlineData("gpt2", 50256)]
    public void A_tiktoken_vocabulary_encodes_as_its_tokenizer_json(string family, int count)
    {
        using var document = Open(family, out var json);
        var tokens = ByRank(document, count, shift: 0).Select((token, rank) => $"{token} {rank}\n");
        var options = new TokenizerLoadOptions { SpecialTokens = new Dictionary<string, int>() };
        using var folder = new TemporaryFolder();

        Compare(family, json, Tokenizer.FromFile(folder.Write("tokenizer.model", string.Concat(tokens)).File("tokenizer.model"), options), special: false);
    }

    [Fact]
    public void A_tekken_vocabulary_encodes_as_its_tokenizer_json_but_for_the_shift()
    {
        using var document = Open("gpt-oss", out var json);
        var vocabulary = ByRank(document, 199998, shift: 0).Select((token, rank) => new { rank, token_bytes = token }).ToArray();
        var pattern = document.RootElement.GetProperty("pre_tokenizer").GetProperty("pretokenizers")[0].GetProperty("pattern").GetProperty("Regex").GetString();
        using var folder = new TemporaryFolder();
        folder.Write("tekken.json", JsonSerializer.SerializeToUtf8Bytes(
            new { config = new { pattern, default_vocab_size = 199998 + 1000, default_num_special_tokens = 1000 }, vocab = vocabulary }));

        Compare("gpt-oss", json, Tokenizer.FromFolder(folder.Path), special: false, shift: 1000);
    }

    [Fact]
    public void A_sentencepiece_bpe_model_encodes_as_its_tokenizer_json()
    {
        using var document = Open("llama-2", out var json);
        var pieces = document.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(entry => entry.Value.GetInt32())
            .Select((entry, id) => (entry.Name, id < 259 ? 0f : entry.Name.Trim('▁').Length == 0 ? -1e9f : 259 - id, id == 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1)).ToArray();
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", ProtoWriter.Model(pieces).Trainer(modelType: 2, byteFallback: true).Normalizer(removeExtra: false).Content)
            .Write(
                "tokenizer_config.json",
                """
                {"added_tokens_decoder": {"0": {"content": "<unk>", "special": true, "normalized": true},
                 "1": {"content": "<s>", "special": true, "normalized": true}, "2": {"content": "</s>", "special": true, "normalized": true}}}
                """);

        Compare("llama-2", json, Tokenizer.FromFolder(folder.Path), special: true);
    }

    [Fact]
    public void A_sentencepiece_unigram_model_encodes_as_its_tokenizer_json()
    {
        using var document = Open("t5-small", out var json);
        var pieces = document.RootElement.GetProperty("model").GetProperty("vocab").EnumerateArray().Take(32000)
            .Select((entry, id) => (entry[0].GetString()!, entry[1].GetSingle(), id < 2 ? 3 : id == 2 ? 2 : 1)).ToArray();
        var charsMap = document.RootElement.GetProperty("normalizer").GetProperty("precompiled_charsmap").GetBytesFromBase64();
        using var folder = new TemporaryFolder();
        folder.Write("spiece.model", ProtoWriter.Model(pieces).Trainer(modelType: 1, fields: [(40, 2), (41, ulong.MaxValue), (42, 1), (43, 0)]).Normalizer(charsMap).Content)
            .Write("tokenizer_config.json", """{"tokenizer_class": "T5Tokenizer"}""");

        Compare("t5-small", json, Tokenizer.FromFolder(folder.Path), special: true);
    }

    private static JsonDocument Open(string family, out byte[] json)
    {
        json = ConformanceFiles.Tokenizer(ConformanceFiles.RequiredFolder("tokenizers", family))!;
        return JsonDocument.Parse(json);
    }

    private static string[] ByRank(JsonDocument document, int count, int shift)
    {
        var tokens = new string[count];
        foreach (var entry in document.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject())
        {
            if (entry.Value.GetInt32() - shift is >= 0 and var rank && rank < count)
            {
                tokens[rank] = Convert.ToBase64String([.. entry.Name.Select(letter => (byte)ByteAlphabet.ToByte(letter))]);
            }
        }

        return tokens;
    }

    private static void Compare(string family, byte[] json, Tokenizer ours, bool special, int shift = 0)
    {
        var original = Tokenizer.FromJson(json);
        var differences = new StringBuilder();
        var count = 0;
        foreach (var line in ConformanceFiles.Items(ConformanceFiles.RequiredFile("tokenizers", "cases", $"{family}.jsonl")))
        {
            // Without the same special tokens the texts that hold some differ. SentencePiece does not take U+0085 for a space, which
            // T5's tokenizer.json does.
            if (line.OptionalText("text") is not { } text || text.Contains('\u0085', StringComparison.Ordinal)
                || (!special && text.AsSpan().IndexOfAny('<', '[') >= 0))
            {
                continue;
            }

            count++;
            int[] expected = [.. original.Encode(text, special).Select(id => id + shift)];
            var actual = ours.Encode(text, special);
            if (!expected.AsSpan().SequenceEqual(actual))
            {
                differences.Append('\n').Append(JsonSerializer.Serialize(text[..Math.Min(text.Length, 300)]))
                    .Append("\n expected ").AppendJoin(' ', expected.Take(50)).Append("\n actual   ").AppendJoin(' ', actual.Take(50));
            }
        }

        Assert.True(differences.Length == 0, differences.ToString());
        Assert.True(count > 100, $"{count} texts");
    }
}
