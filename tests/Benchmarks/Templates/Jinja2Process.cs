using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Templates;

/// <summary>Python's Jinja2 in a process of its own (original.py), one line of JSON for each.</summary>
internal sealed class Jinja2Process : IDisposable
{
    private readonly Process _process;

    private Jinja2Process(Process process) => _process = process;

    /// <summary>Starts the first Python that has Jinja2; null where there is none.</summary>
    public static Jinja2Process? Start()
    {
        var script = Path.Combine(Repository.Root, "tests", "Benchmarks", "Templates", "original.py");
        foreach (var python in new[] { Environment.GetEnvironmentVariable("ATROPOS_PYTHON"), "/usr/bin/python3", "python3" })
        {
            if (!string.IsNullOrEmpty(python) && HasJinja2(python))
            {
                return new Jinja2Process(Process.Start(new ProcessStartInfo(python, [script])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    StandardInputEncoding = new UTF8Encoding(false),
                    StandardOutputEncoding = new UTF8Encoding(false),
                })!);
            }
        }

        return null;
    }

    /// <summary>Compiles the template that later calls render.</summary>
    public JsonElement Load(string source) => Ask(json => json.WriteString("source", source));

    /// <summary>Renders, and times renderings for <paramref name="budget"/> seconds.</summary>
    public JsonElement Render(Conversation conversation, double budget) => Ask(json =>
    {
        json.WritePropertyName("variables");
        json.WriteRawValue(conversation.Json);
        json.WriteNumber("budget", budget);
    });

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool HasJinja2(string python)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(python, ["-c", "import jinja2"]) { RedirectStandardError = true })!;
            probe.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private JsonElement Ask(Action<Utf8JsonWriter> body)
    {
        var input = _process.StandardInput.BaseStream;
        using (var json = new Utf8JsonWriter(input))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        input.WriteByte((byte)'\n');
        input.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Python's process ended; its error is above.");
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
