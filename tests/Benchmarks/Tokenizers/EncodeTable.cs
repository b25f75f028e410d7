using System.Text;
using Atropos.Benchmarks.Tokenizers.Texts;
using Atropos.Tokenizers;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Encoding: kinds of text and sizes, ids alone and with all that is known of each token.</summary>
internal static class EncodeTable
{
    // Many different texts, so that no cache holds all that a round meets only because the round before has met it.
    private static readonly (string Name, int Bytes, int Count)[] Sizes = [("100 B", 100, 5000), ("10 kB", 10_000, 50), ("1 MB", 1_000_000, 1)];

    public static void Write(TokenizerFile file, Atropos.Tokenizers.Tokenizer ours, Original? original, TextMaker texts, double budget)
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
                var batch = texts.Make(kind, bytes, count, chat);
                var size = batch.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
                var (ids, detailed, theirs) = Times(ours, original, batch, budget);
                row.Append($" {Measure.Cell(size, ids, theirs)} | {Measure.Cell(size, detailed, theirs)} |");
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

    private static (TimeSpan Ids, TimeSpan Detailed, TimeSpan Original) Times(Atropos.Tokenizers.Tokenizer ours, Original? original, string[] batch, double budget)
    {
        var output = new List<int>();
        var ids = Measure.Best(budget, () =>
        {
            foreach (var text in batch)
            {
                output.Clear();
                ours.Encode(text, addSpecialTokens: false, output);
            }
        });
        var options = new EncodeOptions { AddSpecialTokens = false };
        var detailed = Measure.Best(budget, () =>
        {
            foreach (var text in batch)
            {
                ours.Encode(new EncodeInput(text), options);
            }
        });
        return (ids, detailed, original?.Encode(batch, budget * 1.5) ?? TimeSpan.Zero);
    }
}
