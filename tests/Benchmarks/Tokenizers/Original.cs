using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>The original library in a Node process of its own (original.mjs), on one thread.</summary>
internal sealed class Original : IDisposable
{
    private readonly NodeProcess _node;

    private Original(NodeProcess node) => _node = node;

    public static Original Start() => new(NodeProcess.Start(Path.Combine(Repository.Root, "tests", "Benchmarks", "Tokenizers", "original.mjs")));

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
            NodeProcess.Write(writer, ids);
        }

        writer.WriteEndArray();
    });

    public TimeSpan Stream(int[] ids, double budget) => Ask("stream", writer =>
    {
        writer.WriteNumber("budget", budget);
        writer.WritePropertyName("ids");
        NodeProcess.Write(writer, ids);
    });

    /// <summary>Bytes resident after a garbage collection.</summary>
    public long Memory()
    {
        using var reply = Send("memory", _ => { });
        return reply.RootElement.GetProperty("resident").GetInt64();
    }

    public void Dispose() => _node.Dispose();

    private TimeSpan Ask(string op, Action<Utf8JsonWriter> body)
    {
        using var reply = Send(op, body);
        return TimeSpan.FromSeconds(reply.RootElement.GetProperty("seconds").GetDouble());
    }

    private JsonDocument Send(string op, Action<Utf8JsonWriter> body) => _node.Ask(writer =>
    {
        writer.WriteString("op", op);
        body(writer);
    });
}
