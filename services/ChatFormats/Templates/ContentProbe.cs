using System.Collections.Frozen;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// Finds out whose content the template cannot print from parts. vLLM gives parts for every role but tools, and then some templates,
/// which read parts from users only, print Python's spelling of the list or fail.
/// </summary>
internal static class ContentProbe
{
    /// <summary>What the messages that are looked at say.</summary>
    public const string Word = "AtroposProbeWord";

    public static TemplateTraits Refine(TemplateProbe probe, TemplateTraits traits)
    {
        if (!traits.ContentAsParts)
        {
            return traits with { ReadsParts = ShowsText(probe.Render(Conversation("user", AsParts, traits), withTools: false)) };
        }

        // A user's message is in every conversation: what its form is has to be known first.
        foreach (var role in new[] { "user", "system", "developer", "assistant" })
        {
            if (FailsWithParts(probe, role, traits))
            {
                traits = traits with { StringRoles = traits.StringRoles.Append(role).ToFrozenSet(StringComparer.Ordinal) };
            }
        }

        return traits;
    }

    /// <summary>Whether a string is printed and parts are not.</summary>
    private static bool FailsWithParts(TemplateProbe probe, string role, TemplateTraits traits)
    {
        var fails = false;
        foreach (var withTools in new[] { false, true })
        {
            if (ShowsText(probe.Render(Conversation(role, AsParts, traits), withTools)))
            {
                continue;
            }

            if (!ShowsText(probe.Render(Conversation(role, text => text, traits), withTools)))
            {
                return false;
            }

            fails = true;
        }

        return fails;
    }

    private static JinjaList AsParts(string text) => new(TemplateDict.TextPart(text));

    private static JinjaDict[] Conversation(string role, Func<string, object> content, TemplateTraits traits)
    {
        var message = TemplateDict.Of(("role", role), ("content", content(Word)));
        var user = ContentShaper.Shape(TemplateDict.Of(("role", "user"), ("content", "Hello")), traits);
        return role switch
        {
            "user" => [message],
            "assistant" => [user, message, user],
            _ => [message, user],
        };
    }

    /// <summary>Whether the word is there, and not in a list as Python or JSON spells it.</summary>
    public static bool ShowsText(string? rendered) =>
        TemplateProbe.Shows(rendered, Word) && !TemplateProbe.Shows(rendered, "'text': '") && !TemplateProbe.Shows(rendered, "\"text\": \"");
}
