using System.Globalization;
using System.Text;

namespace Atropos.ModelTrainer;

/// <summary>Writes the text that the model is trained on. Nothing is taken from anywhere else.</summary>
public static class CorpusGenerator
{
    private static readonly string[] GrammarFiles =
        ["words.grammar", "english.grammar", "code.grammar", "languages.grammar", "dialogue.grammar"];

    /// <summary>Generates documents until they hold a number of bytes.</summary>
    /// <param name="bytes">How much text, in UTF-8 bytes; the last document may go beyond.</param>
    /// <param name="seed">The same seed gives the same text.</param>
    /// <returns>The documents, with special tokens written out as text.</returns>
    public static IReadOnlyList<string> Generate(int bytes, ulong seed)
    {
        var grammar = new Grammar();
        foreach (var file in GrammarFiles)
        {
            grammar.Read(ReadResource(file));
        }

        var random = new SplitMix64(seed);
        var documents = new List<string>();
        for (var written = 0; written < bytes;)
        {
            var document = random.Next(12) == 0 ? Arithmetic(random) : grammar.Expand("document", random);
            documents.Add(document);
            written += Encoding.UTF8.GetByteCount(document);
        }

        return documents;
    }

    internal static string ReadResource(string name)
    {
        using var stream = typeof(CorpusGenerator).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource '{name}' is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Arithmetic(SplitMix64 random)
    {
        var text = new StringBuilder();
        for (var turns = 1 + random.Next(3); turns > 0; turns--)
        {
            var a = random.Next(100);
            var b = random.Next(100);
            var (question, result) = random.Next(3) switch
            {
                0 => ($"{a} + {b}", a + b),
                1 => ($"{a + b} - {b}", a),
                _ => ($"{a} * {b}", a * b),
            };
            var asked = random.Next(3) switch
            {
                0 => $"What is {question}?",
                1 => $"{question} = ?",
                _ => $"Calculate {question}.",
            };
            var answered = random.Next(3) switch
            {
                0 => $"{question} = {result}",
                1 => $"The answer is {result}.",
                _ => result.ToString(CultureInfo.InvariantCulture),
            };
            text.Append(CultureInfo.InvariantCulture, $"<|im_start|>user\n{asked}<|im_end|>\n<|im_start|>assistant\n{answered}<|im_end|>\n");
        }

        return text.ToString();
    }
}
