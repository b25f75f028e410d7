namespace Atropos.ChatFormats.Templates;

/// <summary>How an assistant's message without words says that it has none.</summary>
internal enum NoText
{
    /// <summary>By an empty string, or by an empty list where content is parts: vLLM's way.</summary>
    Empty,

    /// <summary>By an empty string also where content is parts.</summary>
    EmptyString,

    /// <summary>By None.</summary>
    None,

    /// <summary>By having no content.</summary>
    Absent,
}
