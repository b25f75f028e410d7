using System.Collections.Frozen;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Finds out how the template wants tool calls. Arguments are an object where it prints one as it should (vLLM always gives an
/// object), and JSON text where only that comes out right: some templates put the arguments to a string, and DeepSeek's own print them
/// only where the message's content is None.
/// </summary>
internal static class CallProbe
{
    // Nine letters and digits: Mistral's templates take no other.
    private const string Id = "Qz7Kw3Xv5";
    private const string Name = "atropos_probe_call";
    private const string Key = "atropos_key";
    private const string Value = "Some value";
    private const string Json = $$"""{"{{Key}}": "{{Value}}"}""";

    private static readonly NoText[] Contents = [NoText.Empty, NoText.EmptyString, NoText.None, NoText.Absent];

    public static TemplateTraits Refine(TemplateProbe probe, TemplateTraits traits)
    {
        // Where the template's own words have it, it tells nothing.
        var misprint = TemplateProbe.Shows(probe.Render(Conversation(traits, Json)[..1], withTools: true), "None") ? $"{{'{Key}'" : "None";
        foreach (var content in Contents)
        {
            if (content == NoText.EmptyString && !traits.ContentAsParts)
            {
                continue;
            }

            var tried = traits with { ContentOfCalls = content };
            var fromObject = Best(probe, tried, TemplateDict.Of((Key, Value)), misprint);
            var fromText = Best(probe, tried, Json, misprint);
            if ((fromObject ?? fromText) is { } rendered)
            {
                tried = tried with
                {
                    ArgumentsAsObject = fromObject is not null,
                    ReadsTextArguments = fromText is not null || PrintsEscaped(probe, tried),
                    PrintsCallIds = rendered.Contains(Id, StringComparison.Ordinal),
                };
                return FailsWithPartsBesideCalls(probe, tried)
                    ? tried with { StringRoles = tried.StringRoles.Append("assistant").ToFrozenSet(StringComparer.Ordinal) }
                    : tried;
            }
        }

        return traits;
    }

    /// <summary>Some templates read an answer's parts, but not those of an answer that calls tools as well.</summary>
    private static bool FailsWithPartsBesideCalls(TemplateProbe probe, TemplateTraits traits)
    {
        if (!traits.ContentAsParts || traits.StringRoles.Contains("assistant"))
        {
            return false;
        }

        object arguments = traits.ArgumentsAsObject ? TemplateDict.Of((Key, Value)) : Json;
        return !Shows(new JinjaList(TemplateDict.TextPart(ContentProbe.Word))) && Shows(ContentProbe.Word);

        bool Shows(object content)
        {
            var conversation = Conversation(traits, arguments);
            conversation[1] = conversation[1].With("content", content);
            return ContentProbe.ShowsText(probe.Render(conversation, withTools: true))
                || ContentProbe.ShowsText(probe.Render(conversation, withTools: false));
        }
    }

    /// <summary>The first rendering of a call with such arguments that prints them as they should be; null where none does.</summary>
    private static string? Best(TemplateProbe probe, TemplateTraits traits, object arguments, string misprint) =>
        Renderings(probe, traits, arguments).FirstOrDefault(rendered => IsRight(rendered, misprint));

    private static bool PrintsEscaped(TemplateProbe probe, TemplateTraits traits) =>
        Renderings(probe, traits, Json).Any(rendered => TemplateProbe.Shows(rendered, Key, Value));

    private static IEnumerable<string?> Renderings(TemplateProbe probe, TemplateTraits traits, object arguments)
    {
        var conversation = Conversation(traits, arguments);
        var last = conversation.Length - 1;
        yield return probe.Render(conversation, withTools: true);
        yield return probe.Render(conversation, withTools: false);
        yield return probe.Render(conversation[..last], withTools: true);
        yield return probe.Render(conversation[..last], withTools: false);
        yield return probe.Render([.. conversation, .. Closing(traits)], withTools: true);
    }

    private static JinjaDict[] Conversation(TemplateTraits traits, object arguments)
    {
        var call = TemplateDict.Of(
            ("id", Id), ("type", "function"), ("function", TemplateDict.Of(("name", Name), ("arguments", arguments))));
        var calling = TemplateDict.Of(("role", "assistant"), ("content", null), ("tool_calls", new JinjaList(call)));
        return
        [
            ContentShaper.Shape(TemplateDict.Of(("role", "user"), ("content", "Hello")), traits),
            ContentShaper.Shape(calling, traits),
            TemplateDict.Of(("role", "tool"), ("tool_call_id", Id), ("name", Name), ("content", "Done")),
        ];
    }

    private static JinjaDict[] Closing(TemplateTraits traits) =>
    [
        ContentShaper.Shape(TemplateDict.Of(("role", "assistant"), ("content", "It is done.")), traits),
        ContentShaper.Shape(TemplateDict.Of(("role", "user"), ("content", "Thanks")), traits),
    ];

    /// <summary>Whether the arguments are there, neither in Python's spelling nor as JSON inside JSON.</summary>
    private static bool IsRight(string? rendered, string misprint) =>
        TemplateProbe.Shows(rendered, Key, Value)
        && !TemplateProbe.Shows(rendered, $"{{'{Key}'")
        && !TemplateProbe.Shows(rendered, $"\\\"{Key}")
        && !TemplateProbe.Shows(rendered, misprint);
}
