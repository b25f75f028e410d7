namespace Atropos.ChatFormats.Templates;

/// <summary>A tokenizer has no chat template, none of the name that was asked for, or several and no default.</summary>
public sealed class ChatTemplateNotFoundException : Exception
{
    internal ChatTemplateNotFoundException(string message, bool hasNone = false)
        : base(message) => HasNone = hasNone;

    /// <summary>Whether the tokenizer has no template at all.</summary>
    public bool HasNone { get; }
}
