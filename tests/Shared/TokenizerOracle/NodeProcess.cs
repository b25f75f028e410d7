using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Atropos.TestSupport;

/// <summary>A Node process that answers each line of JSON with one. For one thread at a time.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private NodeProcess(Process process)
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

    /// <summary>Starts a script with the original library on one thread: both sides of a test share the machine, and a benchmark compares one thread with one.</summary>
    public static NodeProcess Start(string script)
    {
        var start = new ProcessStartInfo("node", ["--expose-gc", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        start.Environment["RAYON_NUM_THREADS"] = "1";
        return new NodeProcess(Process.Start(start)!);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="body">Writes the members of the request's object.</param>
    /// <exception cref="OracleException">The process ended; the message has what it said last.</exception>
    public JsonDocument Ask(Action<Utf8JsonWriter> body)
    {
        var input = _process.StandardInput.BaseStream;
        string? line = null;
        try
        {
            using (var writer = new Utf8JsonWriter(input))
            {
                writer.WriteStartObject();
                body(writer);
                writer.WriteEndObject();
            }

            input.WriteByte((byte)'\n');
            input.Flush();
            line = _process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // The process ended while it was written to; what it said last follows.
        }

        if (line is null)
        {
            _process.WaitForExit();
            lock (_errors)
            {
                throw new OracleException($"The original's process ended with {_process.ExitCode}: {_errors}", ended: true);
            }
        }

        return JsonDocument.Parse(line);
    }

    /// <summary>Writes ids as a list.</summary>
    public static void Write(Utf8JsonWriter writer, int[] ids)
    {
        writer.WriteStartArray();
        foreach (var id in ids)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
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
}
