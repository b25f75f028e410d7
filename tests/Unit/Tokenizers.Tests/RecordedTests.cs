using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.Tokenizers.Tests;

/// <summary>
/// Our own small tokenizers, one for each component and option, against what the original made of them: Recorded/record.mjs writes it
/// down, so that nothing but this repository is needed here.
/// </summary>
public sealed class RecordedTests
{
    private static readonly Dictionary<string, RecordedTokenizer> Recorded = RecordedTokenizer.All().ToDictionary(recorded => recorded.Name);

    public static TheoryData<string> Names => [.. Recorded.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_small_tokenizer_gives_what_the_original_gave(string name)
    {
        var tokenizer = Tokenizer.FromJson(Recorded[name].Json());
        var differences = Recorded[name].Cases.SelectMany(item => Differences(tokenizer, item)).Take(5).ToArray();

        Assert.True(differences.Length == 0, string.Join("\n\n", differences));
    }

    private static IEnumerable<string> Differences(Tokenizer tokenizer, JsonObject item)
    {
        var text = item["text"]!.GetValue<string>();
        var input = new EncodeInput(text, item["pair"]?.GetValue<string>());
        var options = new EncodeOptions
        {
            AddSpecialTokens = item["add"]!.GetValue<bool>(),
            Truncation = tokenizer.Truncation,
            Padding = tokenizer.Padding,
        };
        if (item["error"] is not null)
        {
            return Refuses(() => tokenizer.Encode(input, options)) ? [] : [$"{item["text"]}: the original refuses it"];
        }

        var encoding = tokenizer.Encode(input, options);
        var ids = item["ids"]!.AsArray().Select(id => id!.GetValue<int>()).ToArray();
        List<(string What, string Expected, string Actual)> compared =
        [
            ("ids", Show(item["ids"]), string.Join(' ', encoding.Ids.ToArray())),
            ("tokens", Show(item["tokens"]), string.Join(' ', encoding.Tokens.ToArray())),
            ("offsets", Show(item["offsets"]), string.Join(' ', encoding.Offsets.ToArray().Select(part => $"{part.Start} {part.End}"))),
            ("type ids", Show(item["types"]), string.Join(' ', encoding.TypeIds.ToArray())),
            ("attention", Show(item["attention"]), string.Join(' ', encoding.AttentionMask.ToArray())),
            ("special", Show(item["special"]), string.Join(' ', encoding.SpecialTokensMask.ToArray())),
            ("decoded", item["decoded"]!.GetValue<string>(), tokenizer.Decode(ids, skipSpecialTokens: false)),
            ("skipped", item["skipped"]!.GetValue<string>(), tokenizer.Decode(ids, skipSpecialTokens: true)),
            ("streamed", item["decoded"]!.GetValue<string>(), DecoderTokenizers.Streamed(tokenizer, ids, default)),
        ];
        if (options.Truncation is null)
        {
            // Where the original truncates on the left, it numbers words from the first one that is left; ours keep their numbers.
            compared.Add(("words", Show(item["words"]), string.Join(' ', encoding.WordIds.ToArray())));
        }

        if (input.Pair is null && options is { Truncation: null, Padding: null })
        {
            compared.Add(("ids alone", Show(item["ids"]), string.Join(' ', tokenizer.Encode(text, options.AddSpecialTokens))));
        }

        return compared.Where(part => part.Expected != part.Actual)
            .Select(part => $"{part.What} of {item["text"]!.ToJsonString()}\n  expected {part.Expected}\n  actual   {part.Actual}");
    }

    private static bool Refuses(Action encode)
    {
        try
        {
            encode();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static string Show(JsonNode? list) => string.Join(' ', list!.AsArray().Select(value => value!.ToString()));
}
