using System.Text;
using Atropos.Benchmarks.Tokenizers.Texts;
using Atropos.Tokenizers;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Encoding: kinds of text and sizes, ids alone and with all that is known of each token.</summary>
internal static class EncodeTable
{
    private static readonly (string Name, int Bytes, int Count)[] Sizes = [("100 B", 100, 5000), ("10 kB", 10_000, 50), ("1 MB", 1_000_000, 1)];

    public static void Write(TokenizerFile file, Atropos.Tokenizers.Tokenizer ours, Original? original, TextMaker texts, int rounds)
    {
        var chat = ChatForm.Of(File.ReadAllBytes(file.Path));
        WarmUp(ours, texts, chat);
        Console.WriteLine($"\n### {file.Name}: encoding, MB/s (times the original)\n");
        Console.WriteLine("| text | " + string.Join(" | ", Sizes.Select(size => $"{size.Name} ids | {size.Name} detailed")) + " |");
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", Sizes.Length * 2)));
        foreach (var kind in Enum.GetValues<TextKind>())
        {
            var row = new StringBuilder($"| {kind} |");
            foreach (var (_, bytes, count) in Sizes)
            {
                var (ids, detailed, theirs) = Times(ours, original, round => texts.Make(kind, bytes, count, chat, round), rounds);
                row.Append($" {Measure.Cell((long)bytes * count, ids, theirs)} | {Measure.Cell((long)bytes * count, detailed, theirs)} |");
            }

            Console.WriteLine(row);
        }
    }

    // Long enough for the runtime to have compiled what is hot for good.
    private static void WarmUp(Atropos.Tokenizers.Tokenizer ours, TextMaker texts, ChatForm chat)
    {
        string[] all = [.. Enum.GetValues<TextKind>().SelectMany(kind => texts.Make(kind, 3_000, 20, chat))];
        Measure.Best(0.4, () =>
        {
            foreach (var text in all)
            {
                ours.Encode(text, addSpecialTokens: false);
                ours.Encode(new EncodeInput(text));
            }
        });
    }

    // Each round has texts of its own: in rounds over the same ones, caches would know whole texts from the round before.
    private static (TimeSpan Ids, TimeSpan Detailed, TimeSpan Original) Times(
        Atropos.Tokenizers.Tokenizer ours, Original? original, Func<int, string[]> make, int rounds)
    {
        var output = new List<int>();
        var options = new EncodeOptions { AddSpecialTokens = false };
        var (ids, detailed, theirs) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            var batch = make(round);
            ids = Measure.Least(ids, Measure.Once(() =>
            {
                foreach (var text in batch)
                {
                    output.Clear();
                    ours.Encode(text, addSpecialTokens: false, output);
                }
            }));
            theirs = Measure.Least(theirs, original?.Encode(batch) ?? TimeSpan.Zero);
            var others = make(rounds + round);
            detailed = Measure.Least(detailed, Measure.Once(() =>
            {
                foreach (var text in others)
                {
                    ours.Encode(new EncodeInput(text), options);
                }
            }));
        }

        return (ids, detailed, theirs);
    }
}
