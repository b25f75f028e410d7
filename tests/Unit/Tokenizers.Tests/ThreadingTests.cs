using System.Text;
using System.Text.Json.Nodes;

namespace Atropos.Tokenizers.Tests;

/// <summary>One tokenizer, several threads at once: each gets what a single one gets.</summary>
public sealed class ThreadingTests
{
    private const int Threads = 4;
    private const int Rounds = 30;

    [Fact]
    public void Encode_on_several_threads_gives_what_one_gives()
    {
        var json = Tiny.ByteLevel(["a b", "b c", "ab c", "a a", "Ġ a", "c d", "d e", "cd e", "Ġa b"], ["<|end|>"]);
        json["normalizer"] = JsonNode.Parse("""{"type": "NFC"}""");

        // So many different words that they drive each other out of the memory of words all the time.
        var texts = Texts("abcde", 400);
        Compare(() => Tiny.Load(json), texts);
        Compare(() => Tiny.Load(Tiny.ByteFallback()), texts);
    }

    [Fact]
    public void Text_that_throws_leaves_nothing_behind()
    {
        var json = Tiny.ByteLevel(["a b"], preTokenizer: Tiny.Split("(?:a|a)+$|\\w"));
        json["normalizer"] = JsonNode.Parse("""{"type": "NFC"}""");
        var tokenizer = Tiny.Load(json);
        var texts = Texts("abe\u0301", 20);
        var expected = texts.Select(text => tokenizer.Encode(text, false)).ToArray();
        var output = new List<int> { 7 };

        for (var round = 0; round < 3; round++)
        {
            Assert.Throws<InvalidOperationException>(() => tokenizer.Encode("ne\u0301" + new string('a', 60) + "!", false, output));
            Assert.Throws<InvalidOperationException>(() => tokenizer.Encode(new EncodeInput("ne\u0301" + new string('a', 60) + "!")));
            Assert.Equal([7], output);
            Assert.Equal(expected, texts.Select(text => tokenizer.Encode(text, false)));
            Assert.Equal(expected, texts.Select(text => tokenizer.Encode(new EncodeInput(text)).Ids.ToArray()));
        }
    }

    private static void Compare(Func<Tokenizer> load, string[] texts)
    {
        var single = load();
        var expected = texts.Select(text => single.Encode(text, false)).ToArray();
        var decoded = expected.Select(ids => single.Decode(ids, false)).ToArray();

        // A new one, so that what is made when it is first needed is made under strain too.
        var tokenizer = load();
        using var start = new Barrier(Threads);
        var failures = new List<string>();
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            for (var round = 0; round < Rounds; round++)
            {
                for (var index = 0; index < texts.Length; index++)
                {
                    var at = (index + (number * 97)) % texts.Length;
                    if (!tokenizer.Encode(texts[at], false).SequenceEqual(expected[at])
                        || !tokenizer.Encode(new EncodeInput(texts[at]), new EncodeOptions { AddSpecialTokens = false }).Ids.SequenceEqual(expected[at])
                        || tokenizer.Decode(expected[at], false) != decoded[at])
                    {
                        lock (failures)
                        {
                            failures.Add(texts[at]);
                        }
                    }
                }
            }
        })).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Assert.Empty(failures);
    }

    private static string[] Texts(string letters, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var text = new StringBuilder();
            for (var word = random.Next(40); word > 0; word--)
            {
                text.Append(' ');
                for (var length = random.Next(1, 14); length > 0; length--)
                {
                    text.Append(letters[random.Next(letters.Length)]);
                }
            }

            return text.ToString();
        })];
    }
}
