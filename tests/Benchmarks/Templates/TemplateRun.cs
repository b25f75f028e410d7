using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Atropos.Jinja;

namespace Atropos.Benchmarks.Templates;

/// <summary>`templates-cold`: what a template costs a process that has rendered nothing yet.</summary>
internal static class TemplateRun
{
    public const string Verb = "templates-cold";

    /// <summary>The variables as template values, converted once as Python's are.</summary>
    public static Dictionary<string, object?> Variables(Conversation conversation)
    {
        using var document = JsonDocument.Parse(conversation.Json);
        return document.RootElement.EnumerateObject().ToDictionary(property => property.Name, property => JinjaValue.FromJson(property.Value));
    }

    public static string InFreshProcess(TemplateFile file, ConversationForm form)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, file.Source);
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            {
                start.ArgumentList.Add(typeof(TemplateRun).Assembly.Location);
            }

            start.ArgumentList.Add(Verb);
            start.ArgumentList.Add(path);
            start.ArgumentList.Add(form.ToString());
            using var process = Process.Start(start)!;
            var line = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return line;
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static void Run(string path, string form)
    {
        var source = File.ReadAllText(path);
        var variables = Variables(Conversation.Make(10, Enum.Parse<ConversationForm>(form)));
        var start = Stopwatch.GetTimestamp();
        var template = Template.Parse(source);
        var parsed = Stopwatch.GetTimestamp();
        template.Render(variables);
        var first = Stopwatch.GetTimestamp();
        template.Render(variables);
        var second = Stopwatch.GetTimestamp();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Milliseconds(start, parsed):F1}, {Milliseconds(parsed, first):F1}, {Milliseconds(first, second):F2}"));
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
