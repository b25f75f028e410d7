using System.Text.Json.Nodes;
using Atropos.Tokenizers;

namespace Atropos.SessionTracker.Tests.Tokenization;

/// <summary>
/// A small tokenizer in SentencePiece's manner, as Llama 2's is: a space before every text, <c>&lt;s&gt;</c> at its beginning, spaces
/// spelled <c>▁</c>. Its chat template writes <c>&lt;s&gt;</c> itself.
/// </summary>
internal static class SmallTokenizer
{
    public const int Begin = 0;

    public const string Config = """
        {
          "bos_token": {"__type": "AddedToken", "content": "<s>", "lstrip": false, "special": true},
          "tokenizer_class": "LlamaTokenizer",
          "truncation_side": "left",
          "model_max_length": 100,
          "vocab_file": "tokenizer.model",
          "added_tokens_decoder": {"0": {"content": "<s>", "special": true}},
          "extra": [1.50, {"deep": null}]
        }
        """;

    public const string Template = "<s>[U]{{ messages[0].content }}[/U]";

    private static readonly string[] Merges = ["▁ h", "▁h o", "▁ho w", "e y", "▁ H", "▁H ey", "t X"];

    public static string Json()
    {
        var vocabulary = new JsonObject { ["<s>"] = Begin };
        var letters = Enumerable.Range('!', '~' - '!' + 1).Select(c => ((char)c).ToString());
        foreach (var piece in letters.Prepend("▁").Concat(Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal))))
        {
            vocabulary[piece] = vocabulary.Count;
        }

        return $$$"""
            {
              "version": "1.0", "truncation": null, "padding": null, "pre_tokenizer": null,
              "added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
              "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
              "post_processor": {"type": "TemplateProcessing",
                "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"] } } },
              "decoder": {"type": "Sequence", "decoders": [
                {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
                {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
              "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
                "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
                "vocab": {{{vocabulary.ToJsonString()}}},
                "merges": {{{new JsonArray([.. Merges.Select(merge => JsonValue.Create(merge))]).ToJsonString()}}}
              }
            }
            """;
    }

    public static Tokenizers.Tokenizer Create() => Tokenizers.Tokenizer.FromJson(System.Text.Encoding.UTF8.GetBytes(Json()));

    /// <summary>Writes its files, as a model's folder has them.</summary>
    public static void WriteTo(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Json());
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), Config);
        File.WriteAllText(Path.Combine(folder, "chat_template.jinja"), Template);
    }
}
