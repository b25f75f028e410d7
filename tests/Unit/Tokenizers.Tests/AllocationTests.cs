using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

/// <summary>After a first time, encoding into a list that is large enough and decoding as a stream allocate nothing.</summary>
public sealed class AllocationTests
{
    private const string Text = "Hello there, the tokens of 12 sentences: déjà e\u0301 世界 \U0001F600 ab abab.\n\n  def f(x): return x<|end|> again";

    public static TheoryData<string> Names => ["byte-level", "NFC", "SentencePiece BPE", "Unigram", "WordPiece", "WordLevel"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_into_a_list_allocates_nothing(string name)
    {
        var tokenizer = Make(name);
        var output = new List<int>(10_000);

        Assert.Equal(0, Allocated(() =>
        {
            output.Clear();
            tokenizer.Encode(Text, true, output);
        }));
        Assert.NotEmpty(output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_to_an_array_allocates_the_array(string name)
    {
        var tokenizer = Make(name);
        var ids = tokenizer.Encode(Text, addSpecialTokens: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copy = ids.ToArray();
        var array = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(array, Allocated(() => copy = tokenizer.Encode(Text, addSpecialTokens: true), array));
        Assert.Equal(ids, copy);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Append_of_an_incremental_decoder_allocates_nothing(string name)
    {
        var tokenizer = Make(name);
        var ids = tokenizer.Encode(Text, addSpecialTokens: true);
        var decoder = tokenizer.CreateDecoder(skipSpecialTokens: true);
        var output = new StringBuilder(100_000);

        Assert.Equal(0, Allocated(() =>
        {
            output.Clear();
            foreach (var id in ids)
            {
                decoder.Append(id, output);
            }
        }));
        Assert.NotEqual(0, output.Length);
    }

    /// <summary>
    /// The least that one of many calls allocates, none or what is <paramref name="enough"/>: code that the runtime has not yet optimized
    /// boxes here and there.
    /// </summary>
    private static long Allocated(Action call, long enough = 0)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 100_000 && least > enough; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static Tokenizer Make(string name)
    {
        switch (name)
        {
            case "byte-level":
                return Tiny.Load(Tiny.ByteLevel(["a b", "ab ab", "Ġ t", "h e"], ["<|end|>"]));
            case "NFC":
                return Tiny.With(Tiny.ByteLevel(["a b", "ab ab", "Ġ t", "h e"], ["<|end|>"]), "normalizer", """{"type": "NFC"}""");
            case "SentencePiece BPE":
                return Tiny.Load(Tiny.ByteFallback());
            case "Unigram":
                return Tiny.Load(Words(
                    """{"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0], ["▁", -1], ["a", -2], ["b", -2], ["ab", -3], ["▁the", -2], ["e", -4]]}""",
                    """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}""",
                    """{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}"""));
            case "WordPiece":
                return Tiny.Load(Words(
                    """
                    {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
                     "vocab": {"[UNK]": 0, "the": 1, "##re": 2, "of": 3, "a": 4, "##b": 5, "##a": 6, ",": 7}}
                    """,
                    """{"type": "BertPreTokenizer"}""",
                    """{"type": "WordPiece", "prefix": "##", "cleanup": true}"""));
            default:
                return Tiny.Load(Words(
                    """{"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "the": 1, "tokens": 2, "of": 3}}""",
                    """{"type": "Whitespace"}""",
                    "null"));
        }
    }

    private static JsonObject Words(string model, string preTokenizer, string decoder) => new()
    {
        ["added_tokens"] = new JsonArray(),
        ["normalizer"] = JsonNode.Parse("""{"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true}"""),
        ["pre_tokenizer"] = JsonNode.Parse(preTokenizer),
        ["post_processor"] = null,
        ["decoder"] = JsonNode.Parse(decoder),
        ["model"] = JsonNode.Parse(model),
    };
}
