using System.Collections.Frozen;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Finds out whose content the template cannot print from parts. vLLM gives parts for every role but tools, and then some templates,
/// which read parts from users only, print Python's spelling of the list or fail.
/// </summary>
internal static class ContentProbe
{
    private const string Word = "AtroposProbeWord";

    public static TemplateTraits Refine(TemplateProbe probe, TemplateTraits traits)
    {
        if (!traits.ContentAsParts)
        {
            return traits with { ReadsParts = ShowsText(probe.Render(Conversation("user", AsParts), withTools: false)) };
        }

        string[] failing = [.. new[] { "user", "system", "assistant" }.Where(role => FailsWithParts(probe, role))];
        return failing.Length == 0 ? traits : traits with { StringRoles = traits.StringRoles.Concat(failing).ToFrozenSet(StringComparer.Ordinal) };
    }

    /// <summary>Whether a string is printed and parts are not.</summary>
    private static bool FailsWithParts(TemplateProbe probe, string role)
    {
        var fails = false;
        foreach (var withTools in new[] { false, true })
        {
            if (ShowsText(probe.Render(Conversation(role, AsParts), withTools)))
            {
                continue;
            }

            if (!ShowsText(probe.Render(Conversation(role, text => text), withTools)))
            {
                return false;
            }

            fails = true;
        }

        return fails;
    }

    private static JinjaList AsParts(string text) => new(TemplateDict.TextPart(text));

    private static JinjaDict[] Conversation(string role, Func<string, object> content)
    {
        var asked = TemplateDict.Of(("role", "user"), ("content", content(role == "user" ? Word : "Hello")));
        var message = TemplateDict.Of(("role", role), ("content", content(Word)));
        return role switch
        {
            "user" => [asked],
            "assistant" => [asked, message, asked],
            _ => [message, asked],
        };
    }

    private static bool ShowsText(string? rendered) =>
        TemplateProbe.Shows(rendered, Word) && !TemplateProbe.Shows(rendered, "'text': '") && !TemplateProbe.Shows(rendered, "\"text\": \"");
}
