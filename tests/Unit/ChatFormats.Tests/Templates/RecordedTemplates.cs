using System.Text.Json;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.TestSupport;

namespace Atropos.ChatFormats.Tests.Templates;

/// <summary>The recorded templates and their renderings by Python's Jinja2, with the clock of the recording.</summary>
internal static class RecordedTemplates
{
    private static readonly DateTimeOffset Now = new(2024, 7, 26, 14, 5, 9, TimeSpan.Zero);

    /// <summary>The names of the templates that compile; skips the test where there are none.</summary>
    public static IEnumerable<string> Names => Directory.GetFiles(ConformanceFiles.RequiredFolder("templates"), "*.jinja")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Where(name => name != "vllm-pygchat")
        .Order(StringComparer.Ordinal);

    /// <summary>The recorded renderings; skips the test where there are none.</summary>
    public static IEnumerable<JsonElement> Cases => ConformanceFiles.Items(ConformanceFiles.RequiredFile("templates", "cases", "templates.jsonl"));

    /// <summary>Compiles a template; its special tokens come with the recorded inputs.</summary>
    public static ChatTemplate Load(string name, IReadOnlyDictionary<string, string>? specialTokens = null) => ChatTemplate.Parse(
        File.ReadAllText(Path.Combine(ConformanceFiles.RequiredFolder("templates"), name + ".jinja")),
        specialTokens,
        timeProvider: new StandingClock(Now));

    /// <summary>A case's input.</summary>
    public static TemplateInput Input(JsonElement recorded) => new()
    {
        Messages = [.. recorded.GetProperty("messages").EnumerateArray().Select(message => (JinjaDict)JinjaValue.FromJson(message)!)],
        Tools = (JinjaList?)JinjaValue.FromJson(recorded.GetProperty("tools")),
        Documents = (JinjaList?)JinjaValue.FromJson(recorded.GetProperty("documents")),
        Arguments = (JinjaDict?)JinjaValue.FromJson(recorded.GetProperty("kwargs")),
        AddGenerationPrompt = recorded.GetProperty("add_generation_prompt").GetBoolean(),
        ContinueFinalMessage = recorded.GetProperty("continue_final_message").GetBoolean(),
    };

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
