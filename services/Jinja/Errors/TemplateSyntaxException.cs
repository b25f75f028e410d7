namespace Atropos.Jinja;

/// <summary>The source of a template does not parse, or names a filter or test that does not exist.</summary>
public sealed class TemplateSyntaxException : TemplateException
{
    internal TemplateSyntaxException(string reason, int line)
        : base(reason, line)
    {
    }
}
