using System.Globalization;
using System.Text;
using Atropos.Benchmarks.Tokenizers.Texts;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Decoding, whole and token by token.</summary>
internal static class DecodeTable
{
    public static void Header()
    {
        Console.WriteLine("\n### Decoding, million tokens a second (times the original)\n");
        Console.WriteLine("| tokenizer | text | whole | token by token |");
        Console.WriteLine("|---|---|---|---|");
    }

    public static void Write(TokenizerFile file, Atropos.Tokenizers.Tokenizer ours, Original? original, TextMaker texts, double budget)
    {
        var chat = ChatForm.Of(File.ReadAllBytes(file.Path));
        foreach (var kind in (ReadOnlySpan<TextKind>)[TextKind.Prose, TextKind.Code, TextKind.Cjk])
        {
            int[][] sequences = [.. texts.Make(kind, 8_000, 20, chat).Select(text => ours.Encode(text, addSpecialTokens: false))];
            var count = sequences.Sum(ids => ids.Length);
            var whole = Measure.Best(budget, () =>
            {
                foreach (var ids in sequences)
                {
                    ours.Decode(ids, skipSpecialTokens: false);
                }
            });
            var output = new StringBuilder();
            var stream = Measure.Best(budget, () =>
            {
                output.Clear();
                var decoder = ours.CreateDecoder(skipSpecialTokens: false);
                foreach (var id in sequences[0])
                {
                    decoder.Append(id, output);
                }

                decoder.Flush(output);
            });
            var wholeOriginal = original?.Decode(sequences, budget) ?? TimeSpan.Zero;
            var streamOriginal = original?.Stream(sequences[0], budget) ?? TimeSpan.Zero;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {file.Name} | {kind} | {Cell(count, whole, wholeOriginal)} | {Cell(sequences[0].Length, stream, streamOriginal)} |"));
        }
    }

    private static string Cell(int tokens, TimeSpan ours, TimeSpan original) =>
        string.Create(CultureInfo.InvariantCulture, $"{tokens / ours.TotalSeconds / 1e6:F1} ({Measure.Ratio(ours, original)})");
}
