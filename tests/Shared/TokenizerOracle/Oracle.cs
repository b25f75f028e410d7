using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Atropos.TestSupport;

/// <summary>
/// The original tokenizers library in a process of its own (oracle.mjs). Texts must be well-formed UTF-16: a lone surrogate would reach
/// the original as U+FFFD, which is what ours takes it for too, so that there is nothing to compare. For one thread at a time.
/// </summary>
internal sealed class Oracle : IDisposable
{
    private readonly NodeProcess _node;

    private Oracle(NodeProcess node) => _node = node;

    /// <summary>The folder of oracle.mjs, in which <c>npm ci</c> puts the original.</summary>
    public static string Folder => Path.Combine(Repository.Root, "tests", "Shared", "TokenizerOracle");

    /// <summary>Why there is no original here and what to do about it; null where there is one.</summary>
    public static string? Missing()
    {
        const string advice = "install Node, then run `npm ci` in tests/Shared/TokenizerOracle.";
        if (!File.Exists(Path.Combine(Folder, "node_modules", "tokenizers", "package.json")))
        {
            return $"The npm package of the original tokenizers is not here: {advice}";
        }

        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0 ? null : $"Node does not run: {advice}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"There is no Node here: {advice}";
        }
    }

    public static Oracle Start() => new(NodeProcess.Start(Path.Combine(Folder, "oracle.mjs")));

    /// <summary>Loads a tokenizer.json under a name.</summary>
    /// <returns>Why the original refuses it; null when it does not.</returns>
    public string? Load(string name, ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        using var reply = _node.Ask(writer =>
        {
            writer.WriteString("op", "load");
            writer.WriteString("name", name);
            writer.WriteString("json", text);
        });
        return ErrorOf(reply.RootElement);
    }

    public void Unload(string name) => Request("unload", name, null).Dispose();

    /// <summary>Encodes texts, or pairs where <c>Pair</c> is not null.</summary>
    /// <param name="name">The tokenizer.</param>
    /// <param name="special">Whether to add the post-processor's tokens.</param>
    /// <param name="each">Whether to encode each by itself, which matters where padding is set.</param>
    /// <param name="items">The texts.</param>
    public OracleResult<OracleEncoding>[] Encode(
        string name, bool special, bool each, IReadOnlyCollection<(string Text, string? Pair)> items)
    {
        using var reply = Request("encode", name, writer =>
        {
            writer.WriteBoolean("special", special);
            writer.WriteBoolean("each", each);
            writer.WriteStartArray("items");
            foreach (var (text, pair) in items)
            {
                if (pair is null)
                {
                    writer.WriteStringValue(text);
                    continue;
                }

                writer.WriteStartArray();
                writer.WriteStringValue(text);
                writer.WriteStringValue(pair);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        });
        return [.. reply.RootElement.GetProperty("items").EnumerateArray().Select(item =>
            ErrorOf(item) is { } error ? new OracleResult<OracleEncoding>(null, error) : new OracleResult<OracleEncoding>(Read(item), null))];
    }

    public OracleResult<string>[] Decode(string name, bool skipSpecialTokens, IReadOnlyCollection<int[]> items)
    {
        using var reply = Request("decode", name, writer =>
        {
            writer.WriteBoolean("skip", skipSpecialTokens);
            writer.WriteStartArray("items");
            foreach (var ids in items)
            {
                NodeProcess.Write(writer, ids);
            }

            writer.WriteEndArray();
        });
        return [.. reply.RootElement.GetProperty("items").EnumerateArray().Select(item =>
            ErrorOf(item) is { } error ? new OracleResult<string>(null, error) : new OracleResult<string>(item.GetString(), null))];
    }

    /// <summary>The token of each id; null where none has it.</summary>
    public string?[] Tokens(string name, int[] ids)
    {
        using var reply = Request("tokens", name, writer =>
        {
            writer.WritePropertyName("items");
            NodeProcess.Write(writer, ids);
        });
        return [.. reply.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetString())];
    }

    public void Dispose() => _node.Dispose();

    private static OracleEncoding Read(JsonElement item)
    {
        var flat = Ints(item, "o");
        var offsets = new (int Start, int End)[flat.Length / 2];
        for (var index = 0; index < offsets.Length; index++)
        {
            offsets[index] = (flat[2 * index], flat[(2 * index) + 1]);
        }

        return new OracleEncoding
        {
            Ids = Ints(item, "i"),
            Tokens = [.. item.GetProperty("t").EnumerateArray().Select(token => token.GetString()!)],
            Offsets = offsets,
            TypeIds = Ints(item, "y"),
            AttentionMask = Ints(item, "a"),
            SpecialTokensMask = Ints(item, "s"),
            WordIds = Ints(item, "w"),
        };
    }

    private static int[] Ints(JsonElement item, string name)
    {
        var list = item.GetProperty(name);
        var values = new int[list.GetArrayLength()];
        var index = 0;
        foreach (var value in list.EnumerateArray())
        {
            values[index++] = value.GetInt32();
        }

        return values;
    }

    private static string? ErrorOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("error", out var error) ? error.GetString() : null;

    private JsonDocument Request(string op, string name, Action<Utf8JsonWriter>? body)
    {
        var reply = _node.Ask(writer =>
        {
            writer.WriteString("op", op);
            writer.WriteString("name", name);
            body?.Invoke(writer);
        });
        return ErrorOf(reply.RootElement) is { } error ? throw new OracleException(error) : reply;
    }
}
