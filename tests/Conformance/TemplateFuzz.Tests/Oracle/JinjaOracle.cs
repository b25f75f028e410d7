using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.TemplateFuzz.Tests.Oracle;

/// <summary>Python's Jinja2 in a process of its own (oracle.py). For one thread at a time.</summary>
internal sealed class JinjaOracle : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private JinjaOracle(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    private static string Script =>
        Path.Combine(Repository.Root, "tests", "Conformance", "TemplateFuzz.Tests", "Oracle", "oracle.py");

    // Debian's own, since that is the one that Debian's python3-jinja2 is for, whatever else is in the path.
    private static string Python => Environment.GetEnvironmentVariable("ATROPOS_FUZZ_PYTHON") is { Length: > 0 } chosen ? chosen
        : File.Exists("/usr/bin/python3") ? "/usr/bin/python3"
        : "python3";

    /// <summary>The original's version, or null and what to do where there is none.</summary>
    public static (string? Version, string Reason) Find()
    {
        const string Advice = "install Python 3 with Jinja2 (Debian: `apt-get install python3-jinja2`), or name one by ATROPOS_FUZZ_PYTHON.";
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, [Script, "--version"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? (version, "") : (null, $"{Python} has no Jinja2 ({errors.GetAwaiter().GetResult().Trim()}): {Advice}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"There is no Python here: {Advice}");
        }
    }

    public static JinjaOracle Start() => new(Process.Start(new ProcessStartInfo(Python, [Script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
        StandardOutputEncoding = new UTF8Encoding(false),
    })!);

    /// <summary>Hands cases over; <see cref="Receive"/> gives what became of them.</summary>
    public void Send(IReadOnlyCollection<FuzzCase> cases)
    {
        try
        {
            var input = _process.StandardInput.BaseStream;
            using (var writer = new Utf8JsonWriter(input))
            {
                writer.WriteStartObject();
                writer.WriteStartArray("cases");
                foreach (var item in cases)
                {
                    writer.WriteStartObject();
                    writer.WriteString("source", item.Source);
                    writer.WritePropertyName("variables");
                    writer.WriteRawValue(item.Variables);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            input.WriteByte((byte)'\n');
            input.Flush();
        }
        catch (IOException)
        {
            // The process ended while it was written to; receiving tells.
        }
    }

    /// <summary>What became of the cases that were sent last.</summary>
    /// <exception cref="OracleEndedException">The process ended, as it does where a case hangs.</exception>
    public Outcome[] Receive()
    {
        if (_process.StandardOutput.ReadLine() is not { } line)
        {
            _process.WaitForExit();
            lock (_errors)
            {
                throw new OracleEndedException($"The original's process ended with {_process.ExitCode}: {_errors}");
            }
        }

        using var reply = JsonDocument.Parse(line);
        return [.. reply.RootElement.GetProperty("results").EnumerateArray().Select(Read)];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Outcome Read(JsonElement result)
    {
        if (result.TryGetProperty("text", out var text))
        {
            return new Outcome(OutcomeKind.Text, text.GetString()!);
        }

        if (result.TryGetProperty("dropped", out var reason))
        {
            return new Outcome(OutcomeKind.Dropped, reason.GetString()!);
        }

        var type = result.GetProperty("error").GetString()!;
        var message = result.GetProperty("message").GetString()!;
        return result.GetProperty("raised").GetBoolean() ? new Outcome(OutcomeKind.Raised, message)
            : type == "TemplateSyntaxError" ? new Outcome(OutcomeKind.Syntax, message)
            : new Outcome(OutcomeKind.Failed, $"{type}: {message}");
    }
}
