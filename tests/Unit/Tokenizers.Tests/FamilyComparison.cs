using System.Text;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

/// <summary>Compares one family's tokenizer with what the original made of the same texts and ids.</summary>
internal sealed class FamilyComparison(string family, Tokenizer tokenizer)
{
    private const int MaxShown = 5;
    private const int MaxTrivial = 250;

    // Truncation and padding are settings of a call: the calls that give ids alone keep every token.
    private readonly bool _plain = tokenizer.Truncation is null && tokenizer.Padding is null;

    public int Compared { get; private set; }

    public int Different { get; private set; }

    /// <summary>The first differences.</summary>
    public List<string> Shown { get; } = [];

    public void Run(string cases)
    {
        Each($"{family}.jsonl", item => Encode(item, detailed: true));
        Each($"{family}.chat.jsonl", item => Encode(item, detailed: false));
        Each($"{family}.stream.jsonl", Stream);
        Each($"{family}.extra.jsonl", item =>
        {
            if (item.GetProperty("kind").GetString() == "pair")
            {
                Encode(item, detailed: true);
            }
            else
            {
                Decode(item, item.Ints("ids"));
            }
        });

        void Each(string file, Action<JsonElement> compare)
        {
            var path = Path.Combine(cases, file);
            foreach (var item in ConformanceFiles.Exists(path) ? ConformanceFiles.Items(path) : [])
            {
                Compared++;
                if (Record.Exception(() => compare(item)) is { } error)
                {
                    Differ(item.OptionalText("text") ?? file, "all", "an answer", error.ToString()[..Math.Min(error.ToString().Length, 400)]);
                }
            }
        }
    }

    private void Encode(JsonElement item, bool detailed)
    {
        if (item.OptionalText("text") is not { } text)
        {
            return;
        }

        var special = item.GetProperty("add_special_tokens").GetBoolean();
        var input = new EncodeInput(text, item.OptionalText("pair"));
        var options = new EncodeOptions { AddSpecialTokens = special, Truncation = tokenizer.Truncation, Padding = tokenizer.Padding };
        if (item.TryGetProperty("error", out _))
        {
            if (Record.Exception(() => tokenizer.Encode(input, options)) is null)
            {
                Differ(text, "error", "a refusal", "none");
            }

            return;
        }

        var ids = item.Ints("ids");
        if (_plain && input.Pair is null)
        {
            Same(text, "ids alone", ids, tokenizer.Encode(text, special));
        }

        var actual = tokenizer.Encode(input, options);
        if (Same(text, "ids", ids, actual.Ids) && detailed)
        {
            Details(item, text, actual);
        }

        Decode(item, ids);
    }

    // Of long texts much has been left out; of others, masks that are the same for every token.
    private void Details(JsonElement item, string text, TokenEncoding actual)
    {
        if (!item.TryGetProperty("tokens", out var tokens))
        {
            return;
        }

        Same(text, "tokens", [.. tokens.EnumerateArray().Select(token => token.GetString()!)], actual.Tokens);
        Same(text, "offsets", [.. item.GetProperty("offsets").EnumerateArray().Select(Offsets)], actual.Offsets);
        Mask("type_ids", 0, actual.TypeIds);
        Mask("attention_mask", 1, actual.AttentionMask);
        Mask("special_tokens_mask", 0, actual.SpecialTokensMask);

        void Mask(string name, int trivial, ReadOnlySpan<int> mask)
        {
            if (item.TryGetProperty(name, out _))
            {
                Same(text, name, item.Ints(name), mask);
            }
            else if (mask.Length <= MaxTrivial)
            {
                Same(text, name, [.. Enumerable.Repeat(trivial, mask.Length)], mask);
            }
        }
    }

    private static TokenOffsets Offsets(JsonElement pair) => new(pair[0].GetInt32(), pair[1].GetInt32());

    private void Decode(JsonElement item, int[] ids)
    {
        Check("decoded", skip: false);
        Check("decoded_skip_special", skip: true);

        void Check(string name, bool skip)
        {
            if (item.OptionalText(name) is not { } expected)
            {
                return;
            }

            var options = new DecodeOptions { SkipSpecialTokens = skip };
            Text("whole", tokenizer.Decode(ids, options));
            Text("streamed", DecoderTokenizers.Streamed(tokenizer, ids, options));
            Text("by stages", DecoderTokenizers.Run(tokenizer.CreateStagedDecoder(options), ids));

            void Text(string way, string actual)
            {
                if (actual != expected)
                {
                    Differ(string.Join(' ', ids.Take(60)), $"{name}, {way},", Show(expected), Show(actual));
                }
            }
        }
    }

    private void Stream(JsonElement item)
    {
        var ids = item.Ints("ids");
        var skip = item.GetProperty("skip_special_tokens").GetBoolean();
        string[] prefixes = [.. item.GetProperty("prefix_texts").EnumerateArray().Select(text => text.GetString()!)];
        var final = prefixes.Length == 0 ? "" : prefixes[^1];
        var decoder = tokenizer.CreateDecoder(skip);
        var streamed = new StringBuilder();
        for (var index = 0; index < ids.Length; index++)
        {
            decoder.Append(ids[index], streamed);
            var whole = tokenizer.Decode(ids.AsSpan(0, index + 1), skip);
            var certain = streamed.ToString();
            if (whole != prefixes[index] || !whole.StartsWith(certain, StringComparison.Ordinal) || !final.StartsWith(certain, StringComparison.Ordinal))
            {
                Differ($"prefix {index} of {string.Join(' ', ids)}", "text", Show(prefixes[index]), $"{Show(whole)}, streamed {Show(certain)}");
                return;
            }
        }

        decoder.Flush(streamed);
        if (streamed.ToString() != final)
        {
            Differ(string.Join(' ', ids), "streamed text", Show(final), Show(streamed.ToString()));
        }
    }

    private bool Same<T>(string text, string what, T[] expected, ReadOnlySpan<T> actual)
        where T : IEquatable<T>
    {
        if (actual.SequenceEqual(expected))
        {
            return true;
        }

        var from = Math.Max(0, actual.CommonPrefixLength(expected) - 2);
        Differ(text, $"{what} from {from} on", Show(expected[from..]), Show(actual[from..].ToArray()));
        return false;
    }

    private void Differ(string text, string what, string expected, string actual)
    {
        if (Different++ < MaxShown)
        {
            Shown.Add($"{family}: {what} of {Show(text)}\n  expected {expected}\n  actual   {actual}");
        }
    }

    private static string Show<T>(T[] list) => string.Join(' ', list.Take(20));

    private static string Show(string text) => JsonSerializer.Serialize(text.Length > 300 ? text[..300] : text);
}
