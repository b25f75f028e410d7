using System.Collections.Frozen;

namespace Atropos.ChatFormats.Templates;

/// <summary>In what form a template expects what it is given; found out from the template itself.</summary>
public sealed record TemplateTraits
{
    private TemplateTraits()
    {
    }

    /// <summary>Whether a message's content is a list of parts to the template; otherwise it is a string.</summary>
    public required bool ContentAsParts { get; init; }

    /// <summary>Roles whose content is a string also where <see cref="ContentAsParts"/> holds: <c>tool</c>, as vLLM has it, and those
    /// whose parts the template cannot print as text.</summary>
    public required IReadOnlySet<string> StringRoles { get; init; }

    /// <summary>Whether a tool call's arguments are an object to the template; otherwise they are JSON text.</summary>
    public required bool ArgumentsAsObject { get; init; }

    /// <summary>Whether the template prints the ids of tool calls, so that a prompt depends on them.</summary>
    public required bool PrintsCallIds { get; init; }

    /// <summary>Whether the template prints the text of a list of parts, be its usual form that or a string.</summary>
    internal bool ReadsParts { get; init; }

    /// <summary>Whether the template reads parts of the type <c>thinking</c>.</summary>
    internal bool ReadsThinkingParts { get; init; }

    /// <summary>Whether the template prints arguments that are text where it expects an object.</summary>
    internal bool ReadsTextArguments { get; init; }

    /// <summary>What an assistant's message that has calls and no words has as content.</summary>
    internal NoText ContentOfCalls { get; init; }

    /// <summary>Finds out the traits of a template: once, and never failing. What nothing can be found out about is as vLLM has it.</summary>
    internal static TemplateTraits Of(ChatTemplate template)
    {
        var traits = new TemplateTraits
        {
            ContentAsParts = ContentFormat.TakesParts(template.Bindings),
            StringRoles = FrozenSet.Create("tool"),
            ArgumentsAsObject = true,
            PrintsCallIds = false,
            ReadsParts = true,
            ReadsThinkingParts = template.Source.Contains("'thinking'", StringComparison.Ordinal)
                || template.Source.Contains("\"thinking\"", StringComparison.Ordinal),
            ReadsTextArguments = true,
            ContentOfCalls = NoText.Empty,
        };
        var probe = new TemplateProbe(template);
        traits = ContentProbe.Refine(probe, traits);
        return CallProbe.Refine(probe, traits);
    }
}
