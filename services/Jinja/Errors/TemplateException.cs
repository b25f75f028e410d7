namespace Atropos.Jinja;

/// <summary>Base of every error that comes from a template: its source, its rendering or the bounds on its rendering.</summary>
public abstract class TemplateException : Exception
{
    private protected TemplateException(string reason, int line)
        : base(reason)
    {
        Line = line;
    }

    private protected TemplateException(string reason, int line, Exception inner)
        : base(reason, inner)
    {
        Line = line;
    }

    /// <summary>Line of the template's source, counted from 1; 0 where no line is known.</summary>
    public int Line { get; internal set; }

    /// <summary>What went wrong, without the line.</summary>
    public string Reason => base.Message;

    /// <inheritdoc/>
    public override string Message => Line > 0 ? $"{Describe()} (line {Line})" : Describe();

    private protected virtual string Describe() => Reason;
}
