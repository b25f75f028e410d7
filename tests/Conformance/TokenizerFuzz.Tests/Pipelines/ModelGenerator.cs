using System.Text;
using System.Text.Json.Nodes;
using Atropos.TokenizerFuzz.Tests.Subjects;

namespace Atropos.TokenizerFuzz.Tests.Pipelines;

/// <summary>Random models over what a sample of text is made of.</summary>
internal sealed class ModelGenerator(Random random, string sample)
{
    private static readonly string[] Specials = ["<unk>", "[UNK]", "[CLS]", "[SEP]", "<s>", "</s>", "<pad>"];

    /// <summary>Ids of tokens by content, in the order of ids.</summary>
    public Dictionary<string, int> Vocabulary { get; } = [];

    /// <summary>Whether the vocabulary is in the byte alphabet.</summary>
    public bool Bytes { get; private set; }

    public IReadOnlyDictionary<string, int> SpecialIds => Specials.Where(Vocabulary.ContainsKey).ToDictionary(token => token, token => Vocabulary[token]);

    public JsonObject Next()
    {
        foreach (var special in Specials.Where((_, index) => index < 4 || random.Coin()))
        {
            Add(special);
        }

        return random.Next(6) switch
        {
            0 or 1 => ByteLevelBpe(),
            2 => CharacterBpe(),
            3 => WordPiece(),
            4 => Unigram(),
            _ => WordLevel(),
        };
    }

    private void Add(string token) => Vocabulary.TryAdd(token, Vocabulary.Count);

    private JsonObject VocabularyJson() => new(Vocabulary.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    private JsonObject ByteLevelBpe()
    {
        Bytes = true;
        for (var value = 0; value < 256; value++)
        {
            // The file need not have all bytes.
            if (!random.OneIn(200))
            {
                Add(ByteLetters.All[value].ToString());
            }
        }

        var text = string.Concat(Encoding.UTF8.GetBytes(sample).Select(value => ByteLetters.All[value]));
        return Bpe(Merges([.. text.Chunk(7).Select(chunk => chunk.Select(letter => letter.ToString()).ToList())], "", ""), "", "");
    }

    private JsonObject CharacterBpe()
    {
        var prefix = random.OneIn(4) ? "##" : "";
        var suffix = random.OneIn(4) ? "</w>" : "";
        List<List<string>> words = [.. sample.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Symbols(word, prefix, suffix))];
        words.Add([.. new[] { "▁", "a", "▁", "▁" }.Select((symbol, index) => (index > 0 ? prefix : "") + symbol + (index == 3 ? suffix : ""))]);
        foreach (var symbol in words.SelectMany(word => word).Where(_ => !random.OneIn(10)))
        {
            Add(symbol);
        }

        if (random.OneIn(3))
        {
            for (var value = 0; value < 256; value++)
            {
                if (!random.OneIn(60))
                {
                    Add($"<0x{value:X2}>");
                }
            }
        }

        return Bpe(Merges(words, prefix, suffix), prefix, suffix);
    }

    private static List<string> Symbols(string word, string prefix, string suffix)
    {
        var runes = word.EnumerateRunes().ToArray();
        return [.. runes.Select((rune, index) => (index > 0 ? prefix : "") + rune + (index == runes.Length - 1 ? suffix : ""))];
    }

    private JsonArray Merges(List<List<string>> words, string prefix, string suffix)
    {
        var merges = new JsonArray();
        for (var tries = random.Next(10, 200); tries > 0; tries--)
        {
            var word = words[random.Next(words.Count)];
            if (word.Count < 2)
            {
                continue;
            }

            var at = random.Next(word.Count - 1);
            var (left, right) = (word[at], word[at + 1]);
            var merged = left + right[prefix.Length..];
            if (!Vocabulary.ContainsKey(left) || !Vocabulary.ContainsKey(right) || (suffix.Length > 0 && left.EndsWith(suffix, StringComparison.Ordinal)))
            {
                continue;
            }

            Add(merged);
            merges.Add(new JsonArray(left, right));
            foreach (var other in words)
            {
                for (var index = 0; index < other.Count - 1; index++)
                {
                    if (other[index] == left && other[index + 1] == right)
                    {
                        other[index] = merged;
                        other.RemoveAt(index + 1);
                    }
                }
            }
        }

        return merges;
    }

    private JsonObject Bpe(JsonArray merges, string prefix, string suffix) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = random.OneIn(3) ? null : "<unk>",
        ["continuing_subword_prefix"] = prefix.Length > 0 ? prefix : null,
        ["end_of_word_suffix"] = suffix.Length > 0 ? suffix : null,
        ["fuse_unk"] = random.Coin(),
        // A prefix or suffix that falls back to bytes is counted in offsets by the original, which then lie behind the text.
        ["byte_fallback"] = prefix.Length + suffix.Length == 0 && random.Coin(),
        ["ignore_merges"] = random.OneIn(3),
        ["vocab"] = VocabularyJson(),
        ["merges"] = merges,
    };

    private JsonObject WordPiece()
    {
        var prefix = random.OneIn(4) ? "@" : "##";
        foreach (var word in sample.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var runes = word.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
            var start = random.Next(runes.Length);
            var length = random.Next(1, Math.Min(5, runes.Length - start) + 1);
            Add((start > 0 ? prefix : "") + string.Concat(runes.AsSpan(start, length)));
            Add(runes[0]);
            Add(prefix + runes[^1]);
        }

        return new JsonObject
        {
            ["type"] = "WordPiece",
            ["unk_token"] = "[UNK]",
            ["continuing_subword_prefix"] = prefix,
            ["max_input_chars_per_word"] = random.Pick(3, 10, 100),
            ["vocab"] = VocabularyJson(),
        };
    }

    private JsonObject WordLevel()
    {
        foreach (var word in sample.Split([' ', '\n', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Where(_ => random.Coin()))
        {
            Add(word);
        }

        return new JsonObject { ["type"] = "WordLevel", ["unk_token"] = "[UNK]", ["vocab"] = VocabularyJson() };
    }

    private JsonObject Unigram()
    {
        var text = sample.Replace(' ', '▁').EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        for (var tries = random.Next(20, 300); tries > 0; tries--)
        {
            var start = random.Next(text.Length);
            Add(string.Concat(text.AsSpan(start, random.Next(1, Math.Min(6, text.Length - start) + 1))));
        }

        var fallback = random.OneIn(3);
        for (var value = 0; fallback && value < 256; value++)
        {
            Add($"<0x{value:X2}>");
        }

        var list = new JsonArray();
        foreach (var token in Vocabulary.Keys)
        {
            list.Add(new JsonArray(token, Array.IndexOf(Specials, token) >= 0 ? 0.0 : -Math.Round(random.NextDouble() * 12, random.Pick(0, 2, 6))));
        }

        return new JsonObject { ["type"] = "Unigram", ["unk_id"] = random.OneIn(8) ? null : 0, ["byte_fallback"] = fallback, ["vocab"] = list };
    }
}
