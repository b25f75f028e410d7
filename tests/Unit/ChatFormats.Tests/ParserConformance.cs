using System.Text.Json;
using System.Text.Json.Nodes;
using Atropos.TestSupport;

namespace Atropos.ChatFormats.Tests;

public sealed class ParserConformance
{
    private static readonly string[] ToolParsers = ["hermes", "longcat"];

    /// <summary>
    /// Here upstream takes a whole first call back when the second one breaks off. What has gone out stays with us: the first call
    /// is a call, and the second block is content.
    /// </summary>
    private static readonly HashSet<string> TakenBackUpstream = ["longcat/truncated-second", "longcat/malformed-second", "hermes/truncated-second"];

    [Fact]
    public void Tool_call_rows_parse_as_upstream_whole_and_at_every_cut()
    {
        var rows = 0;
        foreach (var row in Rows("tool_calls.jsonl", ToolParsers))
        {
            var options = Runs.Options(tools: row["parser"]!.GetValue<string>());
            var text = row["output"]!.GetValue<string>();
            if (!TakenBackUpstream.Contains(row["id"]!.GetValue<string>()))
            {
                AssertCalls(row, Runs.Run(options, text));
            }

            Runs.AssertSameForEveryCut(options, text);
            Runs.AssertSameForEveryCut(options with { StreamArguments = true }, text);
            rows++;
        }

        Assert.True(rows > 20, $"only {rows} rows");
    }

    [Fact]
    public void Streamed_tool_call_rows_give_what_upstream_gives()
    {
        var rows = 0;
        foreach (var row in Rows("tool_calls_streaming.jsonl", ToolParsers))
        {
            var options = Runs.Options(tools: row["parser"]!.GetValue<string>(), stream: true);
            AssertCalls(row, Runs.Run(options, Strings(row["chunks"]!)));
            rows++;
        }

        Assert.True(rows > 20, $"only {rows} rows");
    }

    [Fact]
    public void Reasoning_rows_divide_as_upstream_whole_and_at_every_cut()
    {
        var rows = 0;
        foreach (var row in Rows("reasoning.jsonl", ["qwen3", "deepseek_r1"]))
        {
            // With thinking switched off the caller uses no parser, and everything is content.
            var off = row["options"]?["chat_template_kwargs"]?["enable_thinking"]?.GetValue<bool>() == false;
            var options = Runs.Options(off ? null : row["parser"]!.GetValue<string>(), inside: true, tools: null);
            var text = row["output"]!.GetValue<string>();
            var actual = Divided(Runs.Run(options, text));
            var expected = new[] { row["expect"], off ? null : row["expect_streaming"] }.OfType<JsonNode>().Select(Divided).ToArray();
            Assert.True(expected.Contains(actual), $"{row["id"]}: expected {string.Join(" or ", expected)}, got {actual}");
            Runs.AssertSameForEveryCut(options, text);
            rows++;
        }

        Assert.True(rows > 40, $"only {rows} rows");
    }

    private static IEnumerable<JsonNode> Rows(string file, string[] parsers) => ConformanceFiles.Lines(ConformanceFiles.RequiredFile("parsers", file))
        .Select(line => JsonNode.Parse(line)!)
        .Where(row => parsers.Contains(row["parser"]!.GetValue<string>()));

    private static string[] Strings(JsonNode list) => [.. list.AsArray().Select(item => item!.GetValue<string>())];

    private static (string, string) Divided(OutputSummary summary) => (summary.Reasoning ?? "", summary.Content ?? "");

    private static (string, string) Divided(JsonNode expect) =>
        (expect["reasoning"]?.GetValue<string>() ?? "", expect["content"]?.GetValue<string>() ?? "");

    private static void AssertCalls(JsonNode row, OutputSummary actual)
    {
        var expect = row["expect"]!;
        var id = row["id"]!.GetValue<string>();
        var calls = expect["tool_calls"]!.AsArray();
        Assert.True((expect["content"]?.GetValue<string>() ?? "") == (actual.Content ?? ""), $"{id}: content is {JsonSerializer.Serialize(actual.Content)}");
        Assert.True(calls.Count == actual.ToolCalls.Count, $"{id}: {actual.ToolCalls.Count} calls");
        for (var index = 0; index < calls.Count; index++)
        {
            Assert.Equal(calls[index]!["name"]!.GetValue<string>(), actual.ToolCalls[index].Name);
            Assert.True(
                JsonNode.DeepEquals(calls[index]!["arguments"], JsonNode.Parse(actual.ToolCalls[index].Arguments)),
                $"{id}: arguments are {actual.ToolCalls[index].Arguments}");
        }
    }
}
