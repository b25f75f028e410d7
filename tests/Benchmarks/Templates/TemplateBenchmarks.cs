using System.Buffers;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Atropos.Jinja;

namespace Atropos.Benchmarks.Templates;

/// <summary>`templates`: chat templates rendered by ours and by Python's Jinja2 in the same run, one thread each, as Markdown tables.</summary>
internal static class TemplateBenchmarks
{
    /// <summary>Ours and the original take turns, so that both see the machine at its best.</summary>
    private const int Rounds = 3;

    private static readonly int[] Turns = [1, 10, 50, 200];

    public static int Run(string[] args)
    {
        var folder = new Option<string?>("--templates") { Description = "A folder of .jinja files; shared/conformance/templates beside the repository unless given." };
        var only = new Option<string[]>("--only") { Description = "Names of templates in that folder.", AllowMultipleArgumentsPerToken = true };
        var budget = new Option<double>("--budget") { Description = "Seconds of each of the three rounds that measure one cell.", DefaultValueFactory = _ => 0.1 };
        var command = new RootCommand("Our chat templates against Python's Jinja2.") { folder, only, budget };
        command.SetAction(result => Run(TemplateFile.Find(result.GetValue(folder), result.GetValue(only)!), result.GetValue(budget)));
        return command.Parse(args).Invoke();
    }

    private static int Run(List<TemplateFile> files, double budget)
    {
        using var python = Jinja2Process.Start();
        if (python is null)
        {
            Console.Error.WriteLine("No Python with Jinja2 is found: apt-get install python3-jinja2, or name a Python in ATROPOS_PYTHON. Until then there are no ratios.");
        }

        // What all templates share is compiled for good before the first of them is measured.
        var first = Template.Parse(files[0].Source);
        Best(2, () => first.Render(TemplateRun.Variables(Conversation.Make(3, ConversationForm.ObjectArguments))));
        var rows = files.ConvertAll(file => Measure(file, python, budget));
        var sizes = string.Join(" / ", Turns);
        Console.WriteLine($"| template | conversation | {string.Join(" | ", Turns.Select(turns => $"{turns} turn{(turns == 1 ? "" : "s")}, µs"))} | µs a message, {sizes} | allocated / text at {Turns[^2]}, kB |");
        Console.WriteLine("|---|---|" + string.Concat(Enumerable.Repeat("---|", Turns.Length + 2)));
        rows.ForEach(row => Console.WriteLine(row.Rendering));
        Console.WriteLine($"\nInto a buffer that is used again:\n\n| template | {string.Join(" | ", Turns.Select(turns => $"{turns} turn{(turns == 1 ? "" : "s")}, µs"))} |");
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---|", Turns.Length)));
        rows.ForEach(row => Console.WriteLine(row.Buffered));
        Console.WriteLine("\n| template | source, kB | parse, µs | Python compiles, ms | in a fresh process: parse, first rendering of 10 turns, second, ms |");
        Console.WriteLine("|---|---|---|---|---|");
        rows.ForEach(row => Console.WriteLine(row.Parsing));
        return 0;
    }

    private static (string Rendering, string Buffered, string Parsing) Measure(TemplateFile file, Jinja2Process? python, double budget)
    {
        var compile = python?.Load(file.Source);
        var template = Template.Parse(file.Source);
        var form = Enum.GetValues<ConversationForm>().First(form => Renders(template, python, form));
        List<string> times = [], inBuffer = [], each = [];
        var buffer = new ArrayBufferWriter<char>();
        var memory = "";
        var small = TemplateRun.Variables(Conversation.Make(3, form));
        Best(0.6, () => template.Render(small));
        foreach (var turns in Turns)
        {
            var conversation = Conversation.Make(turns, form);
            var variables = TemplateRun.Variables(conversation);
            var text = template.Render(variables);
            var (ours, buffered, original) = (double.MaxValue, double.MaxValue, python is null ? (double?)null : double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                ours = Math.Min(ours, Best(budget, () => template.Render(variables)));
                buffered = Math.Min(buffered, Best(budget, () =>
                {
                    buffer.ResetWrittenCount();
                    template.Render(variables, buffer);
                }));
                if (python?.Render(conversation, budget) is { } answer)
                {
                    original = Math.Min(original!.Value, answer.GetProperty("seconds").GetDouble());
                    RequireSame(text, answer.GetProperty("text").GetString(), file, turns);
                }
            }

            times.Add(Cell(ours, original));
            inBuffer.Add(Cell(buffered, original));
            each.Add(Number(ours * 1e6 / conversation.Messages));
            if (turns == Turns[^2])
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                template.Render(variables);
                memory = $"{(GC.GetAllocatedBytesForCurrentThread() - before) / 1000} / {text.Length * 2 / 1000}";
            }
        }

        var parse = Best(budget, () => Template.Parse(file.Source));
        var rendering = $"| {file.Name} | {Describe(form)} | {string.Join(" | ", times)} | {string.Join(" / ", each)} | {memory} |";
        var python2 = compile is { } done ? Number(done.GetProperty("seconds").GetDouble() * 1e3) : "";
        return (rendering, $"| {file.Name} | {string.Join(" | ", inBuffer)} |", $"| {file.Name} | {Number(file.Source.Length / 1e3)} | {Number(parse * 1e6)} | {python2} | {TemplateRun.InFreshProcess(file, form)} |");
    }

    /// <summary>Whether both render such a conversation; some templates refuse tools or arguments of one kind.</summary>
    private static bool Renders(Template template, Jinja2Process? python, ConversationForm form)
    {
        var conversation = Conversation.Make(1, form);
        try
        {
            template.Render(TemplateRun.Variables(conversation));
            return python is null || !python.Render(conversation, 0).TryGetProperty("error", out _);
        }
        catch (TemplateException) when (form != ConversationForm.Plain)
        {
            return false;
        }
    }

    /// <summary>The least seconds of one call: calls are timed in batches long enough for the clock, for as long as the budget.</summary>
    private static double Best(double budget, Action action)
    {
        action();
        var start = Stopwatch.GetTimestamp();
        action();
        var batch = Math.Max(1, (int)(0.001 / Math.Max(1e-7, Stopwatch.GetElapsedTime(start).TotalSeconds)));
        var least = double.MaxValue;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun).TotalSeconds < budget;)
        {
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < batch; i++)
            {
                action();
            }

            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds / batch);
        }

        return least;
    }

    private static void RequireSame(string ours, string? theirs, TemplateFile file, int turns)
    {
        if (ours != theirs)
        {
            throw new InvalidOperationException($"{file.Name} renders {turns} turns otherwise than Python's Jinja2.");
        }
    }

    private static string Cell(double ours, double? original) =>
        Number(ours * 1e6) + (original is { } theirs ? $" ({Number(theirs / ours)}x)" : "");

    private static string Describe(ConversationForm form) => form switch
    {
        ConversationForm.ObjectArguments => "tools",
        ConversationForm.TextArguments => "tools, arguments as text",
        _ => "plain",
    };

    private static string Number(double value) =>
        value.ToString(value < 1 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
