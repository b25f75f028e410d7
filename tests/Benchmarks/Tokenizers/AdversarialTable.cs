using System.Globalization;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>Texts that make careless tokenizers slow: the time at n and at 2n, which is about double where it is linear.</summary>
internal static class AdversarialTable
{
    private const int Length = 500_000;
    private const int OriginalLength = 50_000;

    private static readonly (string Name, Func<int, string> Make)[] Texts =
    [
        ("equal letters", static length => new string('a', length)),
        ("spaces", static length => new string(' ', length)),
        ("letters without spaces", static length => Random(length, "etaoinshrdlucmfwypvbgkjqxz")),
        ("Chinese without punctuation", static length => Random(length, "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能")),
        ("a letter and combining marks", static length => "a" + new string('\u0301', length - 1)),
        ("combining marks in any order", static length => Random(length, "\u0301\u0323\u0327\u0300\u0316\u0345")),
        ("newlines and spaces", static length => Random(length, "\n  \t")),
        ("digits", static length => Random(length, "0123456789")),
    ];

    public static void Header()
    {
        Console.WriteLine($"\n### Adversarial texts: ms for {Length} and {Length * 2} characters, and times the original at {OriginalLength}\n");
        Console.WriteLine($"| tokenizer | text | {Length} | {Length * 2} | growth | at {OriginalLength} |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    public static void Write(TokenizerFile file, Atropos.Tokenizers.Tokenizer ours, Original? original)
    {
        var output = new List<int>();
        foreach (var (name, make) in Texts)
        {
            TimeSpan Time(string text) => Measure.Best(0, () =>
            {
                output.Clear();
                ours.Encode(text, addSpecialTokens: false, output);
            });
            var once = Time(make(Length));
            var twice = Time(make(Length * 2));
            var small = make(OriginalLength);
            var ratio = original is null ? "" : Measure.Ratio(Time(small), original.Encode([small]));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {file.Name} | {name} | {once.TotalMilliseconds:F0} | {twice.TotalMilliseconds:F0} | {twice / once:F1} | {ratio} |"));
        }
    }

    private static string Random(int length, string from)
    {
        var random = new Random(length % 7);
        return string.Create(length, (random, from), static (span, state) =>
        {
            foreach (ref var letter in span)
            {
                letter = state.from[state.random.Next(state.from.Length)];
            }
        });
    }
}
