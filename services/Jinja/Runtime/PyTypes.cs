using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's view of a value's type and truth.</summary>
internal static class PyTypes
{
    public static string Name(object? value) => value switch
    {
        null => "NoneType",
        bool => "bool",
        long or BigInteger => "int",
        double => "float",
        string => "str",
        Markup => "Markup",
        JinjaList => "list",
        JinjaTuple => "tuple",
        JinjaDict => "dict",
        PyObject other => other.TypeName,
        _ => value.GetType().Name,
    };

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0,
        JinjaDict dict => dict.Count > 0,
        JinjaList list => list.Count > 0,
        JinjaTuple tuple => tuple.Count > 0,
        BigInteger number => !number.IsZero,
        Markup markup => markup.Value.Length > 0,
        PyObject other => other.IsTrue,
        _ => true,
    };

    /// <summary>The text of a str or Markup.</summary>
    public static bool TryText(object? value, [NotNullWhen(true)] out string? text)
    {
        text = value as string ?? (value as Markup)?.Value;
        return text is not null;
    }

    public static bool IsCallable(object? value) => value is PyObject { IsCallable: true };
}
