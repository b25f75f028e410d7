namespace Atropos.ChatFormats.Templates;

/// <summary>A template argument (<c>chat_template_kwargs</c>) bears the name of something that is given in another way.</summary>
public sealed class TemplateArgumentException : Exception
{
    internal TemplateArgumentException(string name)
        : base($"cannot be a template argument: '{name}' is what the template is rendered with in any case. Set the request's own member of that name.") => Name = name;

    /// <summary>The argument's name.</summary>
    public string Name { get; }
}
