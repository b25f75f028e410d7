using System.Diagnostics.CodeAnalysis;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>What an unknown name, key or attribute evaluates to: empty in most places, an error where it is used.</summary>
internal sealed class Undefined : PyObject
{
    private readonly string? _hint;
    private readonly object? _owner;
    private readonly object? _name;
    private readonly string _errorType;

    private Undefined(string? hint, object? owner, object? name, string errorType = "UndefinedError")
    {
        _hint = hint;
        _owner = owner;
        _name = name;
        _errorType = errorType;
    }

    public override string TypeName => "Undefined";

    public override string Text => "";

    public override bool IsTrue => false;

    public override long? Length => 0;

    // Python's Undefined has __call__ (which raises), hence callable() holds.
    public override bool IsCallable => true;

    public static Undefined Variable(string name) => new(null, Missing.Value, name);

    public static Undefined Element(object? owner, object? name) => new(null, owner, name);

    public static Undefined WithHint(string hint) => new(hint, Missing.Value, null);

    public static Undefined Unsafe(object? owner, string attribute) =>
        new($"access to attribute '{attribute}' of '{PyTypes.Name(owner)}' object is unsafe.", owner, attribute, "SecurityError");

    public override IEnumerable<object?> Iterate() => [];

    [DoesNotReturn]
    public override object? Call(RenderContext context, CallArgs args) => throw Error();

    public TemplateRuntimeException Error() => new(_errorType, Describe());

    private string Describe()
    {
        if (_hint is not null)
        {
            return _hint;
        }

        if (ReferenceEquals(_owner, Missing.Value))
        {
            return $"'{_name}' is undefined";
        }

        var owner = _owner is null ? "None" : $"{PyTypes.Name(_owner)} object";
        return _name is string name ? $"'{owner}' has no attribute {PyRepr.Repr(name)}" : $"{owner} has no element {PyRepr.Repr(_name)}";
    }

    /// <summary>Throws where <paramref name="value"/> is undefined.</summary>
    public static void Reject(object? value)
    {
        if (value is Undefined undefined)
        {
            throw undefined.Error();
        }
    }
}
