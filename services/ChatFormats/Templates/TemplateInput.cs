using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>
/// What a chat template is given. Messages and tools are in OpenAI's form; the template gets them in the form that it expects
/// (<see cref="TemplateTraits"/>).
/// </summary>
public sealed record TemplateInput
{
    /// <summary>The conversation, at least one message: dicts with <c>role</c>, <c>content</c> (a string, a list of parts or null),
    /// <c>tool_calls</c> and whatever else the client sent. A call's <c>arguments</c> are the JSON text that OpenAI's API has there.</summary>
    public required IReadOnlyList<JinjaDict> Messages { get; init; }

    /// <summary>The tools as the template's <c>tools</c>; null for none, which to a template is not the same as an empty list.</summary>
    public JinjaList? Tools { get; init; }

    /// <summary>Documents as the template's <c>documents</c>; null for none.</summary>
    public JinjaList? Documents { get; init; }

    /// <summary>Further variables (<c>chat_template_kwargs</c>); they win over the tokenizer's special tokens of the same name.</summary>
    public JinjaDict? Arguments { get; init; }

    /// <summary>Whether the prompt ends with the opening of an assistant turn.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether the last message is left open, to be continued.</summary>
    public bool ContinueFinalMessage { get; init; }
}
