using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.TestSupport;
using Atropos.Tokenizers.Formats;
using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Tests;

public sealed class SentencePieceTests
{
    private const int Unigram = 1;
    private const int Bpe = 2;

    private static readonly (string Text, float Score, int Type)[] Reserved = [("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3)];

    private static readonly (string Text, float Score, int Type)[] ByteTokens =
        [.. Enumerable.Range(0, 256).Select(value => ($"<0x{value:X2}>", 0f, 6))];

    [Fact]
    public void Llama_like_models_encode_as_sentencepiece_does()
    {
        var tokenizer = Load(Llama(("▁a", -1, 1), ("bc", -2, 1), ("▁abc", -3, 1), ("ab", -4, 1), ("<mine>", 0, 4), ("▁", -9, 1), ("a", -10, 1), ("b", -11, 1), ("c", -12, 1)));

        Assert.Equal(["<s>", "▁abc", "▁abc", "▁", "▁a", "ab"], Tokens(tokenizer, "abc abc  aab"));
        Assert.Equal(["<s>", "▁a", "<0xC3>", "<0xA9>", "<0x0A>"], Tokens(tokenizer, "aé\n"));
        Assert.Equal(["<s>", "▁a", "<mine>", "▁", "b"], Tokens(tokenizer, "a<mine>b"));
        Assert.Equal("abc  é", tokenizer.Decode(tokenizer.Encode("abc  é", true), skipSpecialTokens: true));
        Assert.Equal((1, 2, "<unk>"), (tokenizer.Settings.BosTokenId, tokenizer.Settings.EosTokenId, tokenizer.Settings.UnkToken));
        Assert.Equal([true, true, true, false], new[] { 0, 1, 2, tokenizer.TokenToId("<mine>")!.Value }.Select(tokenizer.IsSpecial));
    }

    [Fact]
    public void Merging_is_by_score_for_any_model()
    {
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            var pieces = Enumerable.Range(0, random.Next(2, 25)).Select(_ => Text(random, random.Next(2, 6))).Distinct()
                .Select((text, index) => (text, -(float)index, 1)).ToArray();
            random.Shuffle(pieces);
            var tokenizer = Load(Llama([.. pieces, ("▁", -100, 1), ("a", -101, 1), ("b", -102, 1), ("𝒷", -103, 1)], dummyPrefix: false));
            var scores = pieces.ToDictionary(piece => piece.text, piece => piece.Item2);
            for (var count = 0; count < 30; count++)
            {
                var text = Text(random, random.Next(1, 60));

                Assert.Equal(Direct(scores, text), Tokens(tokenizer, text)[1..]);
            }
        }
    }

    [Fact]
    public void A_config_beside_it_decides_on_special_tokens()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", Llama(("a", -1, 1), ("▁", -2, 1))).Write(
            "tokenizer_config.json",
            """
            {"add_bos_token": false, "add_eos_token": true, "eos_token": "<|end|>", "added_tokens_decoder": {
             "0": {"content": "<unk>", "special": true}, "261": {"content": "<|end|>", "special": true}, "262": {"content": "<t>", "rstrip": true}}}
            """);

        var tokenizer = Tokenizer.FromFolder(folder.Path);

        Assert.Equal(["▁", "a", "<t>", "▁", "a", "<|end|>"], Tokens(tokenizer, "a<t>  a"));
        Assert.Equal((261, 262, 263), (tokenizer.Settings.EosTokenId, tokenizer.TokenToId("<t>"), tokenizer.VocabularySize));
    }

    [Fact]
    public void A_declared_token_that_clashes_with_a_piece_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.model", Llama(("a", -1, 1))).Write("tokenizer_config.json", """{"added_tokens_decoder": {"259": {"content": "<x>"}}}""");

        var error = Assert.Throws<TokenizerLoadException>(() => Tokenizer.FromFolder(folder.Path));

        Assert.Contains("tokenizer_config.json: $.added_tokens_decoder.259: '<x>' clashes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unigram_becomes_precompiled_and_metaspace()
    {
        var json = Convert(
            ProtoWriter.Model([.. Reserved, ("▁a", -1.5f, 1), ("<x>", 0, 4)]).Trainer(Unigram).Normalizer([1, 2, 3]).Content, "{}");

        Same("""
             {"type":"Sequence","normalizers":[{"type":"Precompiled","precompiled_charsmap":"AQID"},
              {"type":"Replace","pattern":{"Regex":" +$"},"content":""},{"type":"Replace","pattern":{"Regex":" {2,}"},"content":"▁"}]}
             """, json["normalizer"]);
        Same("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", json["pre_tokenizer"]);
        Same("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""", json["decoder"]);
        Same(
            """{"byte_fallback":false,"type":"Unigram","unk_id":0,"vocab":[["<unk>",0],["<s>",0],["</s>",0],["▁a",-1.5],["<x>",0]]}""",
            json["model"]);
        Assert.Null(json["post_processor"]);
        Assert.Equal([0, 1, 2, 4], json["added_tokens"]!.AsArray().Select(token => (int)token!["id"]!));
    }

    [Theory]
    [InlineData(true, true, false, "never")]
    [InlineData(true, false, true, "first")]
    [InlineData(false, false, true, "first")]
    public void Prefix_and_clean_up_choose_the_pre_tokenizer(bool removeExtra, bool legacy, bool dummyPrefix, string scheme)
    {
        var model = ProtoWriter.Model([.. Reserved, ("▁a", -1, 1)]).Trainer(Bpe, byteFallback: true).Normalizer(null, dummyPrefix, removeExtra).Content;

        var json = Convert(model, $$"""{"legacy": {{(legacy ? "true" : "false")}}}""");

        Same($$"""{"type":"Metaspace","replacement":"▁","prepend_scheme":"{{scheme}}","split":false}""", json["pre_tokenizer"]);
    }

    [Fact]
    public void T5_has_its_extra_ids_and_an_end()
    {
        var model = ProtoWriter.Model([("<pad>", 0, 3), ("</s>", 0, 3), ("<unk>", 0, 2), ("▁a", -1, 1)])
            .Trainer(Unigram, fields: [(40, 2), (41, ulong.MaxValue), (42, 1), (43, 0)]).Normalizer().Content;

        var json = Convert(model, """{"tokenizer_class": "T5TokenizerFast", "extra_ids": 2}""");

        Assert.Equal(["<pad>", "</s>", "<unk>", "<extra_id_1>", "<extra_id_0>"], json["added_tokens"]!.AsArray().Select(token => (string)token!["content"]!));
        Same(
            """[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}]""",
            json["post_processor"]!["single"]);
        Assert.Equal(6, json["model"]!["vocab"]!.AsArray().Count);
    }

    [Fact]
    public void What_is_not_supported_is_refused_by_name()
    {
        static string Refusal(byte[] model, string config = "{}") => Assert.Throws<TokenizerLoadException>(() => Convert(model, config)).Message;

        Assert.Contains("trainer_spec.model_type: 3", Refusal(ProtoWriter.Model(Reserved).Trainer(3).Content), StringComparison.Ordinal);
        Assert.Contains("pieces[3].type: 'Unused'", Refusal(ProtoWriter.Model([.. Reserved, ("a", 0, 5)]).Trainer(Bpe).Content), StringComparison.Ordinal);
        Assert.Contains("escape_whitespaces", Refusal(ProtoWriter.Model(Reserved).Trainer(Bpe).Normalizer(escape: false).Content), StringComparison.Ordinal);
        Assert.Contains("treat_whitespace_as_suffix", Refusal(ProtoWriter.Model(Reserved).Trainer(Bpe, fields: [(24, 1)]).Content), StringComparison.Ordinal);
        Assert.Contains("'a' has already appeared", Refusal(ProtoWriter.Model([.. Reserved, ("a", 0, 1), ("a", 0, 1)]).Trainer(Bpe).Content), StringComparison.Ordinal);
        Assert.Contains(
            "$.tokenizer_class: 'XLMRobertaTokenizer'",
            Refusal(ProtoWriter.Model(Reserved).Trainer(Unigram).Content, """{"tokenizer_class": "XLMRobertaTokenizer"}"""),
            StringComparison.Ordinal);
        Assert.Contains("cut off", Refusal(ProtoWriter.Model(Reserved).Trainer(Bpe).Content[..^3]), StringComparison.Ordinal);
    }

    [Fact]
    public void Unigram_models_encode_as_sentencepiece_does()
    {
        (string Text, float Score, int Type)[] pieces =
            [("▁", -3, 1), ("▁a", -2, 1), ("a", -4, 1), ("b", -4, 1), ("ab", -5, 1), ("▁ab", -4.5f, 1), ("<mine>", 0, 4)];
        var plain = Load(ProtoWriter.Model([.. Reserved, .. pieces]).Trainer(Unigram).Normalizer().Content);
        var bytes = Load(ProtoWriter.Model([.. Reserved, .. ByteTokens, .. pieces]).Trainer(Unigram, byteFallback: true).Normalizer().Content);

        Assert.Equal(["▁ab", "▁a", "<unk>", "▁a"], Tokens(plain, " ab   aé a  "));
        Assert.Equal("ab a", plain.Decode(plain.Encode("  ab  a ", true), skipSpecialTokens: true));
        Assert.Equal(["▁a", "<0xC3>", "<0xA9>", "<mine>", "▁", "b"], Tokens(bytes, "aé<mine>b"));
        Assert.Equal("aé", bytes.Decode(bytes.Encode("aé", true), skipSpecialTokens: true));
        Assert.Equal(["▁ab", "▁ab"], Tokens(Load(ProtoWriter.Model([.. Reserved, .. pieces[..4], ("▁ab", -5, 1)]).Trainer(Bpe).Normalizer().Content), " ab ab")[1..]);
    }

    [Fact]
    public void Added_tokens_of_a_unigram_model_follow_on_its_pieces()
    {
        var model = ProtoWriter.Model([.. Reserved, ("▁a", -1, 1)]).Trainer(Unigram).Normalizer().Content;

        var error = Assert.Throws<TokenizerLoadException>(() => Convert(model, """{"added_tokens_decoder": {"9": {"content": "<x>"}}}"""));

        Assert.Contains("added token '<x>' has id 9", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Llama(params (string Text, float Score, int Type)[] pieces) => Llama(pieces, dummyPrefix: true);

    private static byte[] Llama((string Text, float Score, int Type)[] pieces, bool dummyPrefix) =>
        ProtoWriter.Model([.. Reserved, .. ByteTokens, .. pieces]).Trainer(Bpe, byteFallback: true).Normalizer(null, dummyPrefix, removeExtra: false).Content;

    private static Tokenizer Load(byte[] model)
    {
        using var folder = new TemporaryFolder();
        return Tokenizer.FromFolder(folder.Write("tokenizer.model", model).Path);
    }

    private static string[] Tokens(Tokenizer tokenizer, string text) => [.. tokenizer.Encode(text, addSpecialTokens: true).Select(id => tokenizer.IdToToken(id)!)];

    private static JsonNode Convert(byte[] model, string config)
    {
        using var document = JsonDocument.Parse(config);
        var section = new JsonSection("tokenizer_config.json", "$", document.RootElement);
        var conversion = FormatConverter.Convert(new FormatInput("tokenizer.model", model, section, new TokenizerLoadOptions()), () => []);
        return JsonNode.Parse(conversion!.Json.Span)!;
    }

    private static void Same(string expected, JsonNode? actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nactual {actual?.ToJsonString()}");

    private static string Text(Random random, int length)
    {
        var text = new StringBuilder();
        for (var index = 0; index < length; index++)
        {
            text.Append(random.Next(4) switch { 0 => "𝒷", 1 => "b", _ => "a" });
        }

        return text.ToString();
    }

    private static List<string> Direct(Dictionary<string, float> scores, string text)
    {
        List<string> parts = [.. text.EnumerateRunes().Select(rune => rune.ToString())];
        while (true)
        {
            var best = -1;
            var highest = float.NegativeInfinity;
            for (var index = 0; index + 1 < parts.Count; index++)
            {
                if (scores.TryGetValue(parts[index] + parts[index + 1], out var score) && score > highest)
                {
                    (best, highest) = (index, score);
                }
            }

            if (best < 0)
            {
                return parts;
            }

            parts[best] += parts[best + 1];
            parts.RemoveAt(best + 1);
        }
    }
}
