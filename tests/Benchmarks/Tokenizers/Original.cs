using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>The original library in a Node process of its own (original.mjs), on one thread.</summary>
internal sealed class Original : IDisposable
{
    private readonly Process _process;

    private Original(Process process) => _process = process;

    public static bool IsInstalled => Directory.Exists(Path.Combine(Repository.Root, "tests", "Shared", "TokenizerOracle", "node_modules", "tokenizers"));

    public static Original Start()
    {
        var script = Path.Combine(Repository.Root, "tests", "Benchmarks", "Tokenizers", "original.mjs");
        var start = new ProcessStartInfo("node", ["--expose-gc", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        start.Environment["RAYON_NUM_THREADS"] = "1";
        return new Original(Process.Start(start)!);
    }

    public TimeSpan Load(string path) => Ask("load", writer => writer.WriteString("path", path));

    public TimeSpan Encode(IReadOnlyList<string> texts) => Ask("encode", writer =>
    {
        writer.WriteStartArray("texts");
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    });

    public TimeSpan Decode(IReadOnlyList<int[]> sequences, double budget) => Ask("decode", writer =>
    {
        writer.WriteNumber("budget", budget);
        writer.WriteStartArray("ids");
        foreach (var ids in sequences)
        {
            Write(writer, ids);
        }

        writer.WriteEndArray();
    });

    public TimeSpan Stream(int[] ids, double budget) => Ask("stream", writer =>
    {
        writer.WriteNumber("budget", budget);
        writer.WritePropertyName("ids");
        Write(writer, ids);
    });

    /// <summary>Bytes resident after a garbage collection.</summary>
    public long Memory()
    {
        using var reply = Send("memory", _ => { });
        return reply.RootElement.GetProperty("resident").GetInt64();
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

    private static void Write(Utf8JsonWriter writer, int[] ids)
    {
        writer.WriteStartArray();
        foreach (var id in ids)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
    }

    private TimeSpan Ask(string op, Action<Utf8JsonWriter> body)
    {
        using var reply = Send(op, body);
        return TimeSpan.FromSeconds(reply.RootElement.GetProperty("seconds").GetDouble());
    }

    private JsonDocument Send(string op, Action<Utf8JsonWriter> body)
    {
        var input = _process.StandardInput.BaseStream;
        using (var writer = new Utf8JsonWriter(input))
        {
            writer.WriteStartObject();
            writer.WriteString("op", op);
            body(writer);
            writer.WriteEndObject();
        }

        input.WriteByte((byte)'\n');
        input.Flush();
        return _process.StandardOutput.ReadLine() is { } line
            ? JsonDocument.Parse(line)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The original ended at '{op}'; its message is above."));
    }
}
