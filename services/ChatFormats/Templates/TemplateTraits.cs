namespace Atropos.ChatFormats.Templates;

/// <summary>In what form a template expects what it is given; found out from the template itself.</summary>
public sealed record TemplateTraits
{
    /// <summary>Whether a message's content is a list of parts to the template; otherwise it is a string.</summary>
    public required bool ContentAsParts { get; init; }

    /// <summary>Whether a tool call's arguments are an object to the template; otherwise they are JSON text.</summary>
    public required bool ArgumentsAsObject { get; init; }

    /// <summary>Finds out the traits of a template.</summary>
    internal static TemplateTraits Of(ChatTemplate template) => new()
    {
        ContentAsParts = ContentFormat.TakesParts(template.Source),
        ArgumentsAsObject = true,
    };
}
