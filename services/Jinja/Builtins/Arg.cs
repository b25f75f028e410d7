using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Reads bound arguments.</summary>
internal static class Arg
{
    public static object? Or(object? value, object? fallback) => ReferenceEquals(value, Missing.Value) ? fallback : value;

    public static bool IsGiven(object? value) => !ReferenceEquals(value, Missing.Value);

    public static bool Flag(object? value, bool fallback = false) => IsGiven(value) ? PyTypes.IsTrue(value) : fallback;

    /// <summary>An integer argument of a size that a C program takes.</summary>
    public static long Int(object? value, long fallback) =>
        !IsGiven(value) ? fallback
        : value is System.Numerics.BigInteger ? throw PyError.Overflow("Python int too large to convert to C ssize_t")
        : PyNumber.RequireLong(value);

    /// <summary>An optional str argument; none counts as not given.</summary>
    public static string? Text(object? value, string function)
    {
        if (value is null || !IsGiven(value))
        {
            return null;
        }

        Undefined.Reject(value);
        return PyTypes.TryText(value, out var text)
            ? text
            : throw PyError.Type($"{function} arg must be None or str, not {PyTypes.Name(value)}");
    }

    public static string RequireText(object? value, string function) =>
        Text(value, function) ?? throw PyError.Type($"{function} argument must be str, not NoneType");
}
