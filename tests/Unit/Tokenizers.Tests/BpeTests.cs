using System.Text;
using Atropos.Tokenizers.Models;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Tests;

public sealed class BpeTests
{
    private static readonly string[] Alphabet = ["▁", "a", "b", "c", "é", "今", "天", "😀", "\n"];

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void Cutting_a_text_into_words_changes_no_token(bool byteFallback, bool fuseUnk, bool hasUnk)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var (vocabulary, merges) = RandomModel(random, byteTokens: seed % 3);
            var options = new BpeOptions
            {
                UnkToken = hasUnk ? "<unk>" : null,
                FuseUnk = fuseUnk,
                ByteFallback = byteFallback,
                IgnoreMerges = seed % 4 == 0,
            };
            var cut = new BpeModel(vocabulary, merges, options);
            var whole = new BpeModel(vocabulary, merges, options with { CutsWords = false });
            for (var round = 0; round < 40; round++)
            {
                var text = RandomText(random, [.. Alphabet, "x", "ß", "語", "\uD800"], random.Next(1, 300));

                Assert.Equal(Ids(whole, text), Ids(cut, text));
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cutting_between_characters_changes_no_token_of_a_model_of_bytes(bool ignoreMerges)
    {
        string[] letters = ["a", "b", " ", "é", "è", "今", "仌", "天", "😀", "😁"];
        for (var seed = 0; seed < 80; seed++)
        {
            var random = new Random(seed);
            var (vocabulary, merges) = RandomByteModel(random, letters);
            var options = new BpeOptions { TakesBytes = true, IgnoreMerges = ignoreMerges };
            var cut = new BpeModel(vocabulary, merges, options);
            var whole = new BpeModel(vocabulary, merges, options with { CutsWords = false });
            for (var round = 0; round < 60; round++)
            {
                var text = RandomText(random, [.. letters, "x", "ß", "語", "\uD800"], random.Next(1, round % 10 == 0 ? 400 : 12));

                Assert.Equal(Ids(whole, text), Ids(cut, text));
            }
        }
    }

    [Fact]
    public void Long_and_short_words_merge_as_the_rule_says()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var (vocabulary, merges) = RandomModel(random, byteTokens: 0);
            var merger = new BpeMerger();
            foreach (var length in new[] { 1, 2, 7, 16, 31, 100, BpeMerger.LongestScanned, BpeMerger.LongestScanned + 1, 700 })
            {
                var symbols = Enumerable.Range(0, length).Select(_ => 1 + random.Next(Alphabet.Length)).ToArray();
                var expected = MergeByTheRule(merges, symbols);

                var alone = symbols.ToArray();
                Assert.Equal(expected, alone[..merger.Merge(merges, alone)]);

                var widened = symbols.ToArray();
                var widths = Enumerable.Repeat(1, length).ToArray();
                var count = BpeMerger.Merge(merges, widened, widths);
                Assert.Equal(expected, widened[..count]);
                Assert.Equal(expected.Select(id => vocabulary.TokenOf(id)!.EnumerateRunes().Count()), widths[..count]);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tokens_with_positions_are_those_without_and_cover_the_piece_in_order(bool byteFallback)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var (vocabulary, merges) = RandomModel(random, byteTokens: 2);
            var model = new BpeModel(vocabulary, merges, new BpeOptions { UnkToken = "<unk>", FuseUnk = seed % 2 == 0, ByteFallback = byteFallback });
            var text = RandomText(random, [.. Alphabet, "x", "ß"], 200);
            var spans = new TokenSpans();

            model.Encode(text, spans);

            var tokens = Enumerable.Range(0, spans.Count).Select(index => spans[index]).ToArray();
            Assert.Equal(Ids(model, text), tokens.Select(token => token.Id));
            Assert.Equal(0, tokens[0].Start);
            Assert.Equal(Encoding.UTF8.GetByteCount(text), tokens[^1].End);
            Assert.All(tokens.Zip(tokens.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        }
    }

    [Fact]
    public void Positions_of_a_model_that_takes_bytes_are_bytes_of_the_piece()
    {
        var ids = Enumerable.Range(0, 256).ToDictionary(value => ByteAlphabet.ToChar((byte)value).ToString(), value => value);
        var e = ByteAlphabet.ToChar(0xC3).ToString() + ByteAlphabet.ToChar(0xA9);
        ids.Add(e, 256);
        var model = new BpeModel(
            new Vocabulary(ids), new MergeTable([MergeTable.Key(0xC3, 0xA9)], [256]), new BpeOptions { TakesBytes = true });
        var spans = new TokenSpans();

        model.Encode("aé語", spans);

        Assert.Equal(
            [('a', 0, 1), (256, 1, 3), (0xE8, 3, 4), (0xAA, 4, 5), (0x9E, 5, 6)],
            Enumerable.Range(0, spans.Count).Select(index => (spans[index].Id, spans[index].Start, spans[index].End)));
    }

    [Fact]
    public void A_character_without_a_token_lets_its_neighbours_merge()
    {
        var model = new BpeModel(
            new Vocabulary(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1, ["ab"] = 2 }),
            new MergeTable([MergeTable.Key(0, 1)], [2]),
            new BpeOptions());

        Assert.Equal([2, 2], Ids(model, "axbxab"));
    }

    [Fact]
    public void Unknown_characters_that_lie_together_become_one_token_where_they_are_fused()
    {
        var vocabulary = new Vocabulary(new Dictionary<string, int> { ["<unk>"] = 0, ["a"] = 1, ["▁"] = 2 });
        var options = new BpeOptions { UnkToken = "<unk>", FuseUnk = true };
        var spans = new TokenSpans();
        var model = new BpeModel(vocabulary, new MergeTable([], []), options);
        model.Encode("a語▁xya", spans);

        Assert.Equal([1, 0, 2, 0, 1], Ids(model, "a語▁xya"));
        Assert.Equal([(0, 1), (1, 4), (4, 7), (7, 9), (9, 10)], Enumerable.Range(0, spans.Count).Select(index => (spans[index].Start, spans[index].End)));
        Assert.Equal([1, 0, 2, 0, 0, 1], Ids(new BpeModel(vocabulary, new MergeTable([], []), options with { FuseUnk = false }), "a語▁xya"));
    }

    [Fact]
    public void A_vocabulary_finds_tokens_by_text_and_by_id()
    {
        var ids = Enumerable.Range(0, 5000).ToDictionary(index => $"tökên{index * 7919 % 5000}", index => index * 2);
        var vocabulary = new Vocabulary(ids.Append(new("tökên3", 77777)));

        Assert.Equal((5000, 77778), (vocabulary.Count, vocabulary.Size));
        Assert.All(ids.Where(entry => entry.Key != "tökên3"), entry =>
        {
            Assert.True(vocabulary.TryGetId(entry.Key, out var id));
            Assert.Equal((entry.Value, entry.Key), (id, vocabulary.TokenOf(id)));
        });
        Assert.True(vocabulary.TryGetId("tökên3", out var last));
        Assert.Equal(77777, last);
        Assert.Null(vocabulary.TokenOf(1));
        Assert.False(vocabulary.TryGetId(new string('x', 1000), out _));
    }

    [Fact]
    public void Encoding_from_several_threads_gives_what_one_gives()
    {
        var random = new Random(5);
        var (vocabulary, merges) = RandomModel(random, byteTokens: 0);
        var model = new BpeModel(vocabulary, merges, new BpeOptions());
        var texts = Enumerable.Range(0, 3000).Select(_ => RandomText(random, Alphabet, random.Next(1, 9))).ToArray();
        var expected = texts.Select(text => Ids(new BpeModel(vocabulary, merges, new BpeOptions { CutsWords = false }), text)).ToArray();

        Parallel.For(0, 8, _ =>
        {
            for (var index = 0; index < texts.Length; index++)
            {
                Assert.Equal(expected[index], Ids(model, texts[index]));
            }
        });
    }

    private static int[] Ids(BpeModel model, string text)
    {
        var output = new List<int>();
        model.Encode(text, output);
        return [.. output];
    }

    private static string RandomText(Random random, string[] alphabet, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));

    /// <summary>All bytes, and merges of what a random text holds side by side: often within, and now and then across characters.</summary>
    private static (Vocabulary Vocabulary, MergeTable Merges) RandomByteModel(Random random, string[] letters)
    {
        var ids = Enumerable.Range(0, 256).ToDictionary(value => ByteAlphabet.ToChar((byte)value).ToString(), value => value);
        var pairs = new List<ulong>();
        var made = new List<int>();
        var bytes = System.Text.Encoding.UTF8.GetBytes(RandomText(random, letters, 400));
        List<string> symbols = [.. bytes.Select(value => ByteAlphabet.ToChar(value).ToString())];
        for (var count = random.Next(0, 60); count > 0; count--)
        {
            var at = random.Next(symbols.Count - 1);
            var (left, right) = (symbols[at], symbols[at + 1]);
            if (ids.TryAdd(left + right, ids.Count))
            {
                pairs.Add(MergeTable.Key(ids[left], ids[right]));
                made.Add(ids[left + right]);
            }

            for (var index = 0; index + 1 < symbols.Count; index++)
            {
                if (symbols[index] == left && symbols[index + 1] == right)
                {
                    symbols[index] = left + right;
                    symbols.RemoveAt(index + 1);
                }
            }
        }

        return (new Vocabulary(ids), new MergeTable([.. pairs], [.. made]));
    }

    /// <summary>Characters, merges of random pairs of what is there so far, and some or all bytes.</summary>
    private static (Vocabulary Vocabulary, MergeTable Merges) RandomModel(Random random, int byteTokens)
    {
        var tokens = new List<string> { "<unk>" };
        tokens.AddRange(Alphabet);
        var pairs = new List<(string Left, string Right)>();
        for (var merge = 0; merge < 40; merge++)
        {
            var pair = (Left: tokens[1 + random.Next(tokens.Count - 1)], Right: tokens[1 + random.Next(tokens.Count - 1)]);
            if ((merge % 5 == 0 || !pair.Right.StartsWith('▁')) && pair.Left.Length + pair.Right.Length < 12 && !pairs.Contains(pair))
            {
                pairs.Add(pair);
                if (!tokens.Contains(pair.Left + pair.Right))
                {
                    tokens.Add(pair.Left + pair.Right);
                }
            }
        }

        tokens.AddRange(Enumerable.Range(0, byteTokens * 128).Select(value => $"<0x{value:X2}>"));
        var order = pairs.OrderBy(_ => random.Next()).ToArray();
        var merges = new MergeTable(
            order.Select(pair => MergeTable.Key(tokens.IndexOf(pair.Left), tokens.IndexOf(pair.Right))).ToArray(),
            [.. order.Select(pair => tokens.IndexOf(pair.Left + pair.Right))]);
        return (new Vocabulary(tokens.Select((token, id) => new KeyValuePair<string, int>(token, id))), merges);
    }

    private static int[] MergeByTheRule(MergeTable merges, int[] symbols)
    {
        var list = symbols.ToList();
        while (true)
        {
            var ranks = list.Zip(list.Skip(1), merges.Find).ToArray();
            var best = ranks.Length == 0 ? MergeTable.None : ranks.Min();
            if (best == MergeTable.None)
            {
                return [.. list];
            }

            var at = Array.IndexOf(ranks, best);
            list[at] = merges.IdOf(best);
            list.RemoveAt(at + 1);
        }
    }
}
