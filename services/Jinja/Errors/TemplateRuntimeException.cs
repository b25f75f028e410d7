namespace Atropos.Jinja;

/// <summary>A template failed while it was rendered, for a reason that Python's Jinja2 would give too.</summary>
public sealed class TemplateRuntimeException : TemplateException
{
    internal TemplateRuntimeException(string errorType, string reason)
        : base(reason, 0)
    {
        ErrorType = errorType;
    }

    /// <summary>Name of the Python exception that this error stands for, such as <c>TypeError</c> or <c>UndefinedError</c>.</summary>
    public string ErrorType { get; }

    private protected override string Describe() => $"{ErrorType}: {Reason}";
}
