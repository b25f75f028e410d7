using System.Text;
using System.Text.Json.Nodes;
using Atropos.TokenizerFuzz.Tests.Texts;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random tokenizer.json files, so that components meet in ways that no model's author has thought of.</summary>
internal static class PipelineGenerator
{
    public static byte[] Next(int seed)
    {
        var random = new Random(seed);
        var words = new TextGenerator(random, [], _ => "the token of");
        var sample = string.Join(' ', Enumerable.Range(0, 12).Select(_ => words.Next())) + " the tokenizer of the words and a hello ab abc aab";
        var model = new ModelGenerator(random, sample);
        var modelJson = model.Next();
        var file = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = random.OneIn(8) ? Truncation(random) : null,
            ["padding"] = random.OneIn(8) ? Padding(random) : null,
            ["added_tokens"] = AddedTokens(random, model),
            ["normalizer"] = new NormalizerGenerator(random).Next(),
            ["pre_tokenizer"] = new PreTokenizerGenerator(random).Next(model.Bytes),
            ["post_processor"] = new PostProcessorGenerator(random, model.SpecialIds).Next(),
            ["decoder"] = new DecoderGenerator(random).Next(model.Bytes),
            ["model"] = modelJson,
        };
        return Encoding.UTF8.GetBytes(file.ToJsonString());
    }

    private static JsonArray AddedTokens(Random random, ModelGenerator model)
    {
        var list = new JsonArray();
        var next = model.Vocabulary.Count;
        foreach (var (token, id) in model.SpecialIds)
        {
            if (random.Coin())
            {
                list.Add(AddedToken(random, token, id, special: true));
            }
        }

        string[] contents =
        [
            "<|im_start|>", "<|im_end|>", "the", "[MASK]", " hello", "hello ", "é", "e\u0301", "İ", "ab", "a", "▁▁", "  ", "\n\n", "😀", "<tool>", "<tool>x",
            "ﬁ", "Ab", "don't", "1", "\u0301", "中", "ÅB",
        ];
        random.Shuffle(contents);
        foreach (var content in contents.Take(random.Next(0, 7)))
        {
            list.Add(AddedToken(random, content, model.Vocabulary.TryGetValue(content, out var known) ? known : next++, random.Coin()));
        }

        return list;
    }

    private static JsonObject AddedToken(Random random, string content, int id, bool special) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = random.OneIn(4),
        ["lstrip"] = random.OneIn(4),
        ["rstrip"] = random.OneIn(4),
        ["normalized"] = random.Coin(),
        ["special"] = special,
    };

    private static JsonObject Truncation(Random random) => new()
    {
        ["direction"] = random.Pick("Left", "Right"),
        ["max_length"] = random.Next(4, 30),
        ["strategy"] = random.Pick("LongestFirst", "OnlyFirst", "OnlySecond"),
        ["stride"] = random.Pick(0, 0, 1, 3),
    };

    private static JsonObject Padding(Random random) => new()
    {
        ["strategy"] = random.Coin() ? "BatchLongest" : new JsonObject { ["Fixed"] = random.Next(1, 30) },
        ["direction"] = random.Pick("Left", "Right"),
        ["pad_to_multiple_of"] = random.Pick<int?>(null, null, 8, 3),
        ["pad_id"] = random.Next(3),
        ["pad_type_id"] = random.Next(3),
        ["pad_token"] = random.Pick("<unk>", "[PAD]"),
    };
}
