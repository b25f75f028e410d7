using System.Text;
using Atropos.Tokenizers.Loading;
using Atropos.Tokenizers.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Atropos.Tokenizers.Tests;

public sealed class UnigramSearchTests
{
    private static readonly Gen<string> Letters =
        Gen.Elements("a", "a", "b", "b", "c", "é", "日", "本", "😀", "\0").ListOf().Select(parts => string.Concat(parts));

    [Fact]
    public void Encode_is_the_plain_search_through_all_substrings()
    {
        var cases =
            from tokens in Letters.Where(text => text.Length is > 0 and < 7).ListOf(20)
            from scores in Gen.Elements(-1.0, -1.5, -2.0, -2.5, -3.25, -7.0, 2.0).ListOf(20)
            from text in Letters
            select (Tokens: tokens.Zip(scores).Prepend(("<unk>", 0.0)).ToArray(), Text: text);

        Prop.ForAll(Arb.From(cases), sample =>
        {
            var model = UnigramTests.Load(UnigramTests.Pieced(sample.Tokens));

            Assert.Equal(Reference(sample.Tokens, sample.Text), ModelJson.Ids(model, sample.Text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Build_gives_a_trie_with_each_piece_and_no_other()
    {
        var random = new Random(3);
        var pieces = new Dictionary<string, int>();
        for (var id = 0; id < 20_000; id++)
        {
            var length = random.Next(1, 12);
            pieces[string.Concat(Enumerable.Range(0, length).Select(_ => new Rune(random.Next(4) == 0 ? random.Next(0x4E00, 0x9000) : random.Next(0, 128)).ToString()))] = id;
        }

        var trie = PieceTrieBuilder.Build(new Vocabulary(pieces));

        Assert.Equal(pieces.Keys.Max(Encoding.UTF8.GetByteCount), trie.LongestPiece);
        foreach (var (text, id) in pieces)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            Assert.Equal(id, trie.IdOf(utf8));
            Assert.Equal(pieces.GetValueOrDefault(text + "a", -1), trie.IdOf([.. utf8, (byte)'a']));
            Assert.Equal(text.Length > 1 ? pieces.GetValueOrDefault(text[..^1], -1) : -1, trie.IdOf(Encoding.UTF8.GetBytes(text[..^1])));
        }
    }

    [Fact]
    public void Build_of_nothing_gives_a_trie_without_pieces()
    {
        var trie = PieceTrieBuilder.Build(new Vocabulary(new Dictionary<string, int> { [""] = 0 }));

        Assert.Equal(-1, trie.IdOf("a"u8));
        Assert.Equal(-1, trie.IdOf("\0"u8));
        Assert.Equal(-1, trie.IdOf([]));
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-5", -5.0)]
    [InlineData("-2.012292385101318", -2.012292385101318)]
    [InlineData("1.5E3", 1500.0)]
    [InlineData("1e-7", 1e-7)]
    [InlineData("12345678901234567890123", 1.2345678901234567e22)]
    [InlineData("1e-400", 0.0)]
    [InlineData("0e999999999999", 0.0)]
    [InlineData("0.000000000000000000000000000001234567890123456789", 1.2345678901234567e-30)]
    public void TryParse_reads_a_number_to_its_last_bit_where_that_is_exact(string json, double expected)
    {
        Assert.True(ScoreParser.TryParse(Encoding.UTF8.GetBytes(json), out var value));
        Assert.Equal(expected, value, Math.Abs(expected) * 1e-15);
    }

    [Fact]
    public void TryParse_rounds_the_digits_before_it_divides_them()
    {
        const string Json = "12.3456789012345679";

        Assert.True(ScoreParser.TryParse(Encoding.UTF8.GetBytes(Json), out var value));
        Assert.Equal((double)123456789012345679UL / 1e16, value);
    }

    [Fact]
    public void TryParse_refuses_a_number_out_of_range() => Assert.False(ScoreParser.TryParse("-1e309"u8, out _));

    private static int[] Reference((string Text, double Score)[] tokens, string text)
    {
        var ids = new Dictionary<string, int>();
        for (var id = 0; id < tokens.Length; id++)
        {
            ids[tokens[id].Text] = id;
        }

        var unkScore = tokens.Min(token => token.Score) - 10;
        var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        var best = new (double Sum, int From, bool Known)?[runes.Length + 1];
        best[0] = (0, 0, true);
        for (var from = 0; from < runes.Length; from++)
        {
            for (var to = from + 1; to <= runes.Length; to++)
            {
                var known = ids.TryGetValue(string.Concat(runes[from..to]), out var id);
                if (known || to == from + 1)
                {
                    var sum = best[from]!.Value.Sum + (known ? tokens[id].Score : unkScore);
                    best[to] = best[to] is { } other && other.Sum >= sum ? other : (sum, from, known);
                }
            }
        }

        var path = new List<(string Text, bool Known)>();
        for (var to = runes.Length; to > 0; to = best[to]!.Value.From)
        {
            var (_, from, known) = best[to]!.Value;
            var piece = string.Concat(runes[from..to]);
            if (!known && path is [.., (var behind, false)])
            {
                path[^1] = (piece + behind, false);
            }
            else
            {
                path.Add((piece, known));
            }
        }

        path.Reverse();
        return [.. path.Select(token => ids.GetValueOrDefault(token.Text, 0))];
    }
}
