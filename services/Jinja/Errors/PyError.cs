namespace Atropos.Jinja.Errors;

/// <summary>Builds the errors that Python raises, with Python's wording.</summary>
internal static class PyError
{
    public static TemplateRuntimeException Type(string reason) => new("TypeError", reason);

    public static TemplateRuntimeException Value(string reason) => new("ValueError", reason);

    public static TemplateRuntimeException Overflow(string reason) => new("OverflowError", reason);

    public static TemplateRuntimeException ZeroDivision(string reason) => new("ZeroDivisionError", reason);

    public static TemplateRuntimeException Runtime(string reason) => new("TemplateRuntimeError", reason);

    public static TemplateRuntimeException Undefined(string reason) => new("UndefinedError", reason);
}
