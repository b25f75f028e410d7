using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Atropos.Tokenizers.Tests;

public sealed class TokenizerConformance
{
    /// <summary>Families whose expectations rest on truncation and padding, which are settings of batch calls and not applied.</summary>
    private static readonly HashSet<string> Truncating = ["syn-trunc-left-padmult", "syn-trunc-pad", "all-minilm-l6-v2"];

    [Fact]
    public void Every_family_is_id_for_id_the_original_or_refused_by_name()
    {
        var root = Shared.Folder("tokenizers");
        var refused = new List<string>();
        var differences = new List<string>();
        var compared = 0;
        var families = 0;
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var family = Path.GetFileName(folder);
            if (Truncating.Contains(family) || Load(folder) is not { } json)
            {
                continue;
            }

            Tokenizer tokenizer;
            try
            {
                tokenizer = Tokenizer.FromJson(json);
            }
            catch (TokenizerLoadException error)
            {
                Assert.NotEmpty(error.Path);
                refused.Add($"{family}: {error.Message}");
                continue;
            }

            families++;
            var before = differences.Count;
            foreach (var line in Lines(Path.Combine(root, "cases", $"{family}.jsonl.gz")))
            {
                compared += Compare(tokenizer, family, line, differences);
            }

            foreach (var line in Lines(Path.Combine(root, "cases", $"{family}.stream.jsonl.gz")))
            {
                compared += CompareStream(tokenizer, family, line, differences);
            }

            foreach (var line in Lines(Path.Combine(root, "cases", $"{family}.chat.jsonl.gz")))
            {
                compared += Compare(tokenizer, family, line, differences);
            }

            if (differences.Count > before)
            {
                differences.Add($"{family}: {differences.Count - before} differences");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{families} families, {compared} comparisons; {refused.Count} refused:\n{string.Join('\n', refused)}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{families} families, {compared} comparisons; {refused.Count} refused:\n{string.Join('\n', refused)}");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(compared > 0);
    }

    internal static byte[]? Load(string folder)
    {
        var plain = Path.Combine(folder, "tokenizer.json");
        if (File.Exists(plain))
        {
            return File.ReadAllBytes(plain);
        }

        if (!File.Exists(plain + ".gz"))
        {
            return null;
        }

        using var stream = new GZipStream(File.OpenRead(plain + ".gz"), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static int Compare(Tokenizer tokenizer, string family, string line, List<string> differences)
    {
        using var document = JsonDocument.Parse(line);
        var item = document.RootElement;
        if (!item.TryGetProperty("text", out var textElement))
        {
            return 0;
        }

        var text = textElement.GetString()!;
        var special = item.TryGetProperty("add_special_tokens", out var flag) && flag.GetBoolean();
        if (item.TryGetProperty("error", out _))
        {
            Assert.Throws<InvalidOperationException>(() => tokenizer.Encode(text, special));
            return 1;
        }

        var expected = Ids(item.GetProperty("ids"));
        var actual = tokenizer.Encode(text, special);
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            differences.Add($"{family}: {Show(text)}\n  expected {Show(expected, tokenizer)}\n  actual   {Show(actual, tokenizer)}");
        }

        Check("decoded", skip: false);
        Check("decoded_skip_special", skip: true);
        return 1;

        void Check(string name, bool skip)
        {
            if (item.TryGetProperty(name, out var decoded) && decoded.GetString() is { } whole && tokenizer.Decode(expected, skip) is var ours && ours != whole)
            {
                differences.Add($"{family}: {name}\n  expected {Show(whole)}\n  actual   {Show(ours)}");
            }
        }
    }

    private static int CompareStream(Tokenizer tokenizer, string family, string line, List<string> differences)
    {
        using var document = JsonDocument.Parse(line);
        var ids = Ids(document.RootElement.GetProperty("ids"));
        var skip = document.RootElement.GetProperty("skip_special_tokens").GetBoolean();
        var prefixes = document.RootElement.GetProperty("prefix_texts").EnumerateArray().Select(text => text.GetString()!).ToArray();
        var decoder = tokenizer.CreateDecoder(skip);
        var text = new StringBuilder();
        for (var index = 0; index < ids.Length; index++)
        {
            decoder.Append(ids[index], text);
            var whole = tokenizer.Decode(ids.AsSpan(0, index + 1), skip);
            if (whole != prefixes[index] || !whole.StartsWith(text.ToString().TrimEnd('\uFFFD'), StringComparison.Ordinal))
            {
                differences.Add($"{family}: prefix {index}\n  expected {Show(prefixes[index])}\n  actual   {Show(whole)}\n  streamed {Show(text.ToString())}");
                return 1;
            }
        }

        decoder.Flush(text);
        if (ids.Length > 0 && text.ToString() != prefixes[^1])
        {
            differences.Add($"{family}: stream\n  expected {Show(prefixes[^1])}\n  actual   {Show(text.ToString())}");
        }

        return 1;
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];

    private static string Show(string text) => JsonSerializer.Serialize(text.Length > 300 ? text[..300] : text);

    private static string Show(int[] ids, Tokenizer tokenizer) => string.Join(' ', ids.Take(60).Select(id => $"{id}:{tokenizer.IdToToken(id)}"));
}
