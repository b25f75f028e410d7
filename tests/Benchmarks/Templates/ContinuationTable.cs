using System.Diagnostics;
using System.Text.Json;
using Atropos.ChatFormats.Continuations;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.ReferenceModel;

namespace Atropos.Benchmarks.Templates;

/// <summary>
/// `continuations`: what a turn costs that continues a node, against rendering and encoding the whole conversation, as a Markdown table.
/// One thread, the embedded tokenizer.
/// </summary>
internal static class ContinuationTable
{
    private const double Seconds = 0.3;

    private static readonly int[] Turns = [1, 10, 50, 200];

    public static void Run(string[] names)
    {
        var tokenizer = ReferenceModelAssets.CreateTokenizer();
        Console.WriteLine("| template | " + string.Join(" | ", Turns.Select(turns => $"{turns} turn{(turns == 1 ? "" : "s")}, µs")) + " |");
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", Turns.Length)));
        var files = TemplateFile.Find(null, names);
        var isWarm = false;

        // Once over what all templates share, for the runtime to have compiled it for good.
        foreach (var file in files.Prepend(files[0]))
        {
            var template = ChatTemplate.Parse(file.Source, new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" });
            var cells = Turns.Select(turns => Cell(template, tokenizer, Input(turns)));
            var row = $"| {file.Name} | {string.Join(" | ", cells)} |";
            if (isWarm)
            {
                Console.WriteLine(row);
            }

            isWarm = true;
        }
    }

    private static string Cell(ChatTemplate template, global::Atropos.Tokenizers.Tokenizer tokenizer, TemplateInput input)
    {
        int[] sampled = [.. tokenizer.Encode("It is done.", addSpecialTokens: false), tokenizer.TokenToId("<|im_end|>")!.Value];
        string? refusal = null;
        try
        {
            var continued = Best(() => Continuation.Find(template, tokenizer, input, input.Messages.Count - 1, sampled, keepHistory: false, out refusal));
            var whole = Best(() => tokenizer.Encode(template.Render(input), addSpecialTokens: false));
            return refusal is null ? $"{continued:F0} ({whole / continued:F1}x)" : "rendered anew";
        }
        catch (TemplateException)
        {
            return "";
        }
    }

    private static TemplateInput Input(int turns)
    {
        using var document = JsonDocument.Parse(Conversation.Make(turns, ConversationForm.TextArguments).Json);
        return new TemplateInput
        {
            Messages = [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(message => (JinjaDict)JinjaValue.FromJson(message)!)],
            Tools = (JinjaList?)JinjaValue.FromJson(document.RootElement.GetProperty("tools")),
        };
    }

    /// <summary>Microseconds of the fastest of many runs.</summary>
    private static double Best(Action work)
    {
        var best = double.MaxValue;
        for (var end = Stopwatch.GetTimestamp() + (Seconds * Stopwatch.Frequency); Stopwatch.GetTimestamp() < end;)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return best;
    }
}
