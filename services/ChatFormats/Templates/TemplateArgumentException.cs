namespace Atropos.ChatFormats.Templates;

/// <summary>A template argument (<c>chat_template_kwargs</c>) bears the name of something that is given in another way.</summary>
public sealed class TemplateArgumentException : Exception
{
    internal TemplateArgumentException(string name)
        : base($"is not a template argument but a member of the request of its own: send '{name}' there.") => Name = name;

    /// <summary>The argument's name.</summary>
    public string Name { get; }
}
