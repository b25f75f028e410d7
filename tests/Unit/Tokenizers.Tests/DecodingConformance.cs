using System.IO.Compression;
using System.Text.Json;

namespace Atropos.Tokenizers.Tests;

/// <summary>Decoding against the original's, whole, in pieces, and by the running steps.</summary>
public sealed class DecodingConformance
{
    [Fact]
    public void Every_family_decodes_as_the_original_does()
    {
        var root = Shared.Folder("tokenizers");
        var differences = new List<string>();
        var compared = 0;
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var family = Path.GetFileName(folder);
            if (Load(folder) is not { } tokenizer)
            {
                continue;
            }

            foreach (var kind in new[] { "", ".extra", ".chat" })
            {
                foreach (var line in Lines(Path.Combine(root, "cases", $"{family}{kind}.jsonl.gz")))
                {
                    compared += Compare(tokenizer, family, line, differences);
                }
            }

            foreach (var line in Lines(Path.Combine(root, "cases", $"{family}.stream.jsonl.gz")))
            {
                compared += ComparePrefixes(tokenizer, family, line, differences);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} comparisons");
        Assert.True(differences.Count == 0, string.Join("\n", differences.GroupBy(entry => entry.Split(":")[0]).Select(family => $"{family.Key} {family.Count()}\n{family.First()}")));
        Assert.True(compared > 0);
    }

    private static int Compare(Tokenizer tokenizer, string family, string line, List<string> differences)
    {
        using var document = JsonDocument.Parse(line);
        var item = document.RootElement;
        if (!item.TryGetProperty("ids", out var list))
        {
            return 0;
        }

        int[] ids = Ids(list);
        return Check("decoded", skip: false) + Check("decoded_skip_special", skip: true);

        int Check(string name, bool skip)
        {
            if (!item.TryGetProperty(name, out var decoded) || decoded.GetString() is not { } expected)
            {
                return 0;
            }

            var options = new DecodeOptions { SkipSpecialTokens = skip };
            var whole = tokenizer.Decode(ids, options);
            var streamed = Decoders.Streamed(tokenizer, ids, options);
            var staged = Decoders.Run(tokenizer.CreateStagedDecoder(options), ids);
            if (whole != expected || streamed != expected || staged != expected)
            {
                differences.Add($"{family}: {name} of {Show(string.Join(',', ids))}\n  expected {Show(expected)}\n  whole    {Show(whole)}\n  streamed {Show(streamed)}\n  staged   {Show(staged)}");
            }

            return 1;
        }
    }

    private static int ComparePrefixes(Tokenizer tokenizer, string family, string line, List<string> differences)
    {
        using var document = JsonDocument.Parse(line);
        var item = document.RootElement;
        int[] ids = Ids(item.GetProperty("ids"));
        var options = new DecodeOptions { SkipSpecialTokens = item.GetProperty("skip_special_tokens").GetBoolean() };
        string[] prefixes = [.. item.GetProperty("prefix_texts").EnumerateArray().Select(text => text.GetString()!)];
        var final = prefixes.Length == 0 ? "" : prefixes[^1];
        var decoder = tokenizer.CreateDecoder(options);
        var text = "";
        for (var index = 0; index < ids.Length; index++)
        {
            text += decoder.Append([ids[index]]);
            var whole = tokenizer.Decode(ids.AsSpan(0, index + 1), options);
            if (whole != prefixes[index] || !final.StartsWith(text, StringComparison.Ordinal) || !whole.StartsWith(text, StringComparison.Ordinal))
            {
                differences.Add($"{family}: prefix {index}\n  expected {Show(prefixes[index])}\n  whole    {Show(whole)}\n  streamed {Show(text)}");
                return 1;
            }
        }

        text += decoder.Flush();
        if (text != final)
        {
            differences.Add($"{family}: stream\n  expected {Show(final)}\n  actual   {Show(text)}");
        }

        return 1;
    }

    /// <summary>The tokenizer; null where a stage that decoding does not need is not supported.</summary>
    private static Tokenizer? Load(string folder)
    {
        try
        {
            return ConformanceData.Tokenizer(folder) is { } json ? Tokenizer.FromJson(json) : null;
        }
        catch (TokenizerLoadException error)
        {
            Assert.DoesNotContain("decoder", error.Path, StringComparison.Ordinal);
            return null;
        }
    }

    private static IEnumerable<string> Lines(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(id => id.GetInt32())];

    private static string Show(string text) => JsonSerializer.Serialize(text.Length > 300 ? text[..300] : text);
}
