using Atropos.Tokenizers.AddedTokens;

namespace Atropos.Tokenizers.Tests;

public sealed class AddedTokenTests
{
    [Fact]
    public void The_longest_of_the_leftmost_tokens_is_found()
    {
        Assert.Equal(["<a>b", "|c|", "<a>"], Found("x<a>bb|c|<a><", ["<a>", "<a>b", "|c|", "<a>bbb"]));
        Assert.Equal(["abcd"], Found("abcd", ["bcd", "ab", "abcd"]));
        Assert.Equal(["ab", "cde"], Found("abcde", ["bcd", "ab", "cde"]));
    }

    [Fact]
    public void A_search_agrees_with_trying_every_token_at_every_place()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var tokens = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Text(random.Next(1, 6))).Distinct().ToArray();
            var text = Text(200);
            var expected = new List<string>();
            for (var at = 0; at < text.Length;)
            {
                var longest = tokens.Where(token => text.AsSpan(at).StartsWith(token)).MaxBy(token => token.Length);
                at += longest?.Length ?? 1;
                if (longest is not null)
                {
                    expected.Add(longest);
                }
            }

            Assert.Equal(expected, Found(text, tokens));

            string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "<|a>é語"[random.Next(6)]));
        }
    }

    [Theory]
    [InlineData("a one b", "one")]
    [InlineData("one", "one")]
    [InlineData("(one)", "one")]
    [InlineData("one1 one", "one")]
    [InlineData("aone", "")]
    [InlineData("one_", "")]
    [InlineData("oneé", "")]
    public void A_single_word_token_is_found_between_word_boundaries_only(string text, string expected)
    {
        var matcher = new TokenMatcher([("one", new AddedToken(1, "one", false, false, false, true, false))]);

        Assert.Equal(expected, matcher.TryFind(text, 0, 0, out var token, out _, out _, out _) ? token.Content : "");
    }

    [Fact]
    public void A_stripping_token_takes_in_the_space_around_it_but_none_of_what_is_taken()
    {
        var tokens = new[] { new AddedToken(1, "<l>", true, true, false, false, false), new AddedToken(2, "<r>", true, false, true, false, false) };
        var matcher = new TokenMatcher(tokens.Select(token => (token.Content, token)));
        var found = new List<(int, int, int)>();
        var (from, emitted) = (0, 0);
        while (matcher.TryFind("a <l> <r>  \n<l> b", from, emitted, out var token, out var start, out var end, out from))
        {
            found.Add((token.Id, start, end));
            emitted = end;
        }

        Assert.Equal([(1, 1, 5), (2, 6, 12), (1, 12, 15)], found);
    }

    [Fact]
    public void Thousands_of_added_tokens_are_found_by_their_own_ids()
    {
        var names = Enumerable.Range(0, 3000).Select(index => $"<|reserved_{index}|>").ToArray();
        var tokenizer = Tiny.Load(Tiny.ByteLevel([], names));
        var random = new Random(3);
        var picked = Enumerable.Range(0, 500).Select(_ => random.Next(names.Length)).ToArray();

        var ids = tokenizer.Encode(string.Concat(picked.Select(index => names[index] + "<")), addSpecialTokens: false);

        Assert.Equal(picked.SelectMany(index => new[] { 256 + index, (int)'<' }), ids);
    }

    [Fact]
    public void A_normalized_token_is_found_by_what_the_normalizer_makes_of_it()
    {
        var json = Tiny.ByteLevel([]);
        json["normalizer"] = System.Text.Json.Nodes.JsonNode.Parse("""{"type": "Lowercase"}""");
        json["added_tokens"]!.AsArray().Add((System.Text.Json.Nodes.JsonNode)Tiny.Added(256, "ONE", special: false, "normalized"));
        json["added_tokens"]!.AsArray().Add((System.Text.Json.Nodes.JsonNode)Tiny.Added(257, "TWO", special: false));
        var tokenizer = Tiny.Load(json);

        Assert.Equal([256, ' ', 257, ' ', 't', 'w', 'o'], tokenizer.Encode("oNe TWO two", addSpecialTokens: false));
    }

    private static List<string> Found(string text, string[] tokens)
    {
        var matcher = new TokenMatcher(tokens.Select((token, id) => (token, new AddedToken(id, token, true, false, false, false, false))));
        var found = new List<string>();
        var (from, emitted) = (0, 0);
        while (matcher.TryFind(text, from, emitted, out var token, out var start, out var end, out from))
        {
            Assert.Equal(token.Content, text[start..end]);
            found.Add(token.Content);
            emitted = end;
        }

        return found;
    }
}
