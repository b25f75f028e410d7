namespace Atropos.Jinja;

/// <summary>Rendering went past one of the bounds in <see cref="TemplateLimits"/>.</summary>
public sealed class TemplateLimitException : TemplateException
{
    internal TemplateLimitException(string limit, string reason)
        : base(reason, 0)
    {
        Limit = limit;
    }

    internal TemplateLimitException(string limit, string reason, Exception inner)
        : base(reason, 0, inner)
    {
        Limit = limit;
    }

    /// <summary>Name of the property of <see cref="TemplateLimits"/> that was exceeded.</summary>
    public string Limit { get; }
}
