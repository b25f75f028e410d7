namespace Atropos.Jinja;

/// <summary>The template called <c>raise_exception</c>. <see cref="Message"/> is its text, unchanged.</summary>
public sealed class TemplateRaisedException : TemplateException
{
    internal TemplateRaisedException(string reason)
        : base(reason, 0)
    {
    }

    /// <summary>The text that the template passed to <c>raise_exception</c>.</summary>
    public override string Message => Reason;
}
