using System.Numerics;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters that make or change numbers.</summary>
internal static class NumberFilters
{
    public static object? Abs(RenderContext _, object? value, CallArgs args)
    {
        args.RequireNone("abs");
        Undefined.Reject(value);
        return value switch
        {
            double number => Math.Abs(number),
            not null when PyNumber.IsNumber(value) => PyNumber.Normalize(BigInteger.Abs(PyNumber.ToBig(value))),
            _ => throw PyError.Type($"bad operand type for abs(): '{PyTypes.Name(value)}'"),
        };
    }

    public static object? Float(RenderContext _, object? value, CallArgs args)
    {
        var fallback = Arg.Or(args.Bind("float", ["default"])[0], 0.0);
        Undefined.Reject(value);
        if (PyNumber.IsNumber(value))
        {
            return PyNumber.ToDouble(value!);
        }

        return PyTypes.TryText(value, out var text) && PyNumberText.TryFloat(text, out var number) ? number : fallback;
    }

    public static object? Int(RenderContext _, object? value, CallArgs args)
    {
        var bound = args.Bind("int", ["default", "base"]);
        var fallback = Arg.Or(bound[0], Box.Int(0));
        Undefined.Reject(value);
        switch (value)
        {
            case double number:
                return double.IsNaN(number) ? fallback : PyNumber.Truncate(number);
            case not null when PyNumber.IsNumber(value):
                return PyNumber.Normalize(PyNumber.ToBig(value));
            default:
                if (!PyTypes.TryText(value, out var text))
                {
                    return fallback;
                }

                Undefined.Reject(Arg.Or(bound[1], null));
                var radix = Arg.IsGiven(bound[1]) ? PyNumber.TryLong(bound[1], out var given) ? given : -1 : 10;
                return PyNumberText.TryInteger(text, radix) is { } integer ? PyNumber.Normalize(integer)
                    : PyNumberText.TryFloat(text, out var parsed) && double.IsFinite(parsed) ? PyNumber.Truncate(parsed)
                    : fallback;
        }
    }

    public static object? Round(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("round", ["precision", "method"]);
        var precision = Arg.Or(bound[0], Box.Int(0));
        if (!PyTypes.TryText(Arg.Or(bound[1], "common"), out var method) || method is not ("common" or "ceil" or "floor"))
        {
            throw new TemplateRuntimeException("FilterArgumentError", "method must be common, ceil or floor");
        }

        Undefined.Reject(value);
        if (method != "common")
        {
            var scale = PyOperators.Power(Box.Int(10), precision);
            var scaled = PyOperators.Multiply(context, value, scale);
            return PyOperators.Divide(scaled is double number ? PyNumber.Truncate(method == "ceil" ? Math.Ceiling(number) : Math.Floor(number))
                : PyNumber.IsNumber(scaled) ? scaled
                : throw PyError.Type($"must be real number, not {PyTypes.Name(scaled)}"), scale);
        }

        if (!PyNumber.IsNumber(value))
        {
            throw PyError.Type($"type {PyTypes.Name(value)} doesn't define __round__ method");
        }

        if (precision is null)
        {
            return value is double whole ? PyNumber.Truncate(Math.Round(whole, MidpointRounding.ToEven)) : PyNumber.Normalize(PyNumber.ToBig(value!));
        }

        var digits = (int)Math.Clamp(PyNumber.RequireLong(precision), -10_000, 10_000);
        return value is double real
            ? double.IsFinite(real) ? FloatDigits.Round(real, digits) : real
            : RoundInteger(PyNumber.ToBig(value!), digits);
    }

    public static object? Sum(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("sum", ["attribute", "start"]);
        var attribute = AttributePath.From(Arg.Or(bound[0], null));
        var sum = Arg.Or(bound[1], Box.Int(0));
        if (PyTypes.TryText(sum, out _))
        {
            throw PyError.Type("sum() can't sum strings [use ''.join(seq) instead]");
        }

        foreach (var item in PyIter.Items(context, value))
        {
            context.Step();
            sum = PyOperators.Add(context, sum, attribute is null ? item : attribute.Read(item));
        }

        return sum;
    }

    public static object? FileSize(RenderContext _, object? value, CallArgs args)
    {
        var binary = Arg.Flag(args.Bind("filesizeformat", ["binary"])[0]);
        Undefined.Reject(value);
        var bytes = PyNumber.IsNumber(value) ? PyNumber.ToDouble(value!)
            : !PyTypes.TryText(value, out var text) ? throw PyError.Type($"float() argument must be a string or a real number, not '{PyTypes.Name(value)}'")
            : PyNumberText.TryFloat(text, out var number) ? number
            : throw PyError.Value($"could not convert string to float: {PyRepr.Repr(text)}");
        var unit = binary ? 1024.0 : 1000.0;
        if (bytes == 1)
        {
            return "1 Byte";
        }

        if (bytes < unit)
        {
            return $"{PyRepr.Repr(PyNumber.Truncate(bytes))} Bytes";
        }

        string[] prefixes = binary
            ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
            : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        var power = 0;
        while (power < prefixes.Length - 1 && !(bytes < Math.Pow(unit, power + 2)))
        {
            power++;
        }

        var size = unit * bytes / Math.Pow(unit, power + 2);
        var shown = double.IsFinite(size) ? FloatDigits.Fixed(size, 1) : PyRepr.Float(size);
        return $"{shown} {prefixes[power]}";
    }

    private static object RoundInteger(BigInteger number, int precision)
    {
        if (precision >= 0)
        {
            return PyNumber.Normalize(number);
        }

        var scale = BigInteger.Pow(10, -precision);
        var half = scale / 2;
        var rest = ((number % scale) + scale) % scale;
        var down = number - rest;
        var up = rest > half || (rest == half && !((down / scale) % 2).IsZero);
        return PyNumber.Normalize(up ? down + scale : down);
    }
}
