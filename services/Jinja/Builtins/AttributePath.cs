using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>An <c>attribute</c> argument: a dotted path of names and numbers.</summary>
internal sealed class AttributePath
{
    private readonly object?[] _parts;

    private AttributePath(object?[] parts)
    {
        _parts = parts;
    }

    /// <summary>The path that an argument names; null where it is none, which gives the value itself.</summary>
    public static AttributePath? From(object? attribute) => attribute is null ? null : Of(attribute);

    /// <summary>The path that an argument names; none gives the value itself.</summary>
    public static AttributePath Of(object? attribute)
    {
        if (attribute is null)
        {
            return new AttributePath([]);
        }

        if (PyTypes.TryText(attribute, out var path) && path.Length > 64)
        {
            Budget.Current?.ChargeParts(path.Length, path.Length);
        }

        return new AttributePath(PyTypes.TryText(attribute, out var text)
            ? Array.ConvertAll(text.Split('.'), Part)
            : [attribute]);
    }

    /// <summary>Several paths with commas between, as <c>sort</c> takes them.</summary>
    public static AttributePath[] Several(object? attribute) =>
        PyTypes.TryText(attribute, out var text) ? text.Split(',').Select(Of).ToArray()
        : attribute is null ? []
        : [Of(attribute)];

    /// <summary>Follows the path; an undefined step gives <paramref name="fallback"/>, unless that is <see cref="Missing"/>.</summary>
    public object? Read(object? value, object? fallback)
    {
        foreach (var part in _parts)
        {
            value = PyAccess.Item(value, part);
            if (value is Undefined && !ReferenceEquals(fallback, Missing.Value))
            {
                value = fallback;
            }
        }

        return value;
    }

    public object? Read(object? value) => Read(value, Missing.Value);

    private static object Part(string part) =>
        part.Length == 0 || !part.EnumerateRunes().All(StringPredicates.IsDigit) ? part
        : PyNumberText.TryInteger(part, 10) is { } number ? PyNumber.Normalize(number)
        : throw PyError.Value($"invalid literal for int() with base 10: {PyRepr.Repr(part)}");
}
