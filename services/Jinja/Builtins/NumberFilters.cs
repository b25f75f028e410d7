using System.Globalization;
using System.Numerics;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Filters that make or change numbers.</summary>
internal static class NumberFilters
{
    public static object? Abs(RenderContext context, object? value, CallArgs args)
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

    public static object? Float(RenderContext context, object? value, CallArgs args)
    {
        var fallback = Arg.Or(args.Bind("float", ["default"])[0], 0.0);
        Undefined.Reject(value);
        if (PyNumber.IsNumber(value))
        {
            return PyNumber.ToDouble(value!);
        }

        return PyTypes.TryText(value, out var text) && TryFloat(text, out var number) ? number : fallback;
    }

    public static object? Int(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("int", ["default", "base"]);
        var fallback = Arg.Or(bound[0], Box.Int(0));
        Undefined.Reject(value);
        switch (value)
        {
            case double number:
                return double.IsFinite(number) ? PyNumber.Truncate(number) : fallback;
            case not null when PyNumber.IsNumber(value):
                return PyNumber.Normalize(PyNumber.ToBig(value));
            default:
                if (!PyTypes.TryText(value, out var text))
                {
                    return fallback;
                }

                return TryInteger(text, (int)Math.Clamp(Arg.Int(bound[1], 10), 0, 36)) is { } integer ? PyNumber.Normalize(integer)
                    : TryFloat(text, out var parsed) && double.IsFinite(parsed) ? PyNumber.Truncate(parsed)
                    : fallback;
        }
    }

    public static object? Round(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("round", ["precision", "method"]);
        var precision = (int)Math.Clamp(Arg.Int(bound[0], 0), -400, 400);
        var method = Arg.Text(bound[1], "round") ?? "common";
        Undefined.Reject(value);
        if (!PyNumber.IsNumber(value))
        {
            throw PyError.Type($"type {PyTypes.Name(value)} doesn't define __round__ method");
        }

        if (method == "common")
        {
            return value is double number ? RoundHalfEven(number, precision) : RoundInteger(PyNumber.ToBig(value!), precision);
        }

        var scale = Math.Pow(10, precision);
        var scaled = PyNumber.ToDouble(value!) * scale;
        return method switch
        {
            "ceil" => Math.Ceiling(scaled) / scale,
            "floor" => Math.Floor(scaled) / scale,
            _ => throw new TemplateRuntimeException("FilterArgumentError", "method must be common, ceil or floor"),
        };
    }

    public static object? Sum(RenderContext context, object? value, CallArgs args)
    {
        var bound = args.Bind("sum", ["attribute", "start"]);
        var attribute = AttributePath.From(Arg.Or(bound[0], null));
        var sum = Arg.Or(bound[1], Box.Int(0));
        foreach (var item in PyIter.Items(context, value))
        {
            context.Step();
            sum = PyOperators.Add(context, sum, attribute is null ? item : attribute.Read(item));
        }

        return sum;
    }

    public static object? FileSize(RenderContext context, object? value, CallArgs args)
    {
        var binary = Arg.Flag(args.Bind("filesizeformat", ["binary"])[0]);
        var bytes = (double)Float(context, value, CallArgs.Empty)!;
        var unit = binary ? 1024.0 : 1000.0;
        if (bytes == 1)
        {
            return "1 Byte";
        }

        if (bytes < unit)
        {
            return $"{(long)bytes} Bytes";
        }

        string[] prefixes = binary
            ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
            : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        var power = Math.Min(prefixes.Length, Math.Max(1, (int)Math.Floor(Math.Log(bytes, unit))));
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Pow(unit, power):F1} {prefixes[power - 1]}");
    }

    private static double RoundHalfEven(double number, int precision)
    {
        if (precision > 15 || !double.IsFinite(number))
        {
            return number;
        }

        // Rounding the exact decimal value is what Python does; formatting gives it without a detour through scaled binary.
        return precision >= 0
            ? double.Parse(number.ToString("F" + precision, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var rounded
                && precision == 0 ? Math.Round(number, MidpointRounding.ToEven) : rounded
            : PyNumber.ToDouble(RoundInteger(new BigInteger(Math.Round(number)), precision));
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

    private static bool TryFloat(string text, out double number)
    {
        var trimmed = PyText.Strip(text, null).Replace("_", "", StringComparison.Ordinal);
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && char.IsAsciiLetter(trimmed[^1]) is false)
        {
            return true;
        }

        number = trimmed.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => 0,
        };
        return !double.IsFinite(number);
    }

    private static BigInteger? TryInteger(string text, int radix)
    {
        var digits = PyText.Strip(text, null);
        var negative = digits.StartsWith('-');
        digits = digits.Length > 0 && digits[0] is '-' or '+' ? digits[1..] : digits;
        var prefix = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix != 0 && (radix == prefix || radix == 0))
        {
            (digits, radix) = (digits[2..], prefix);
        }

        var value = BigInteger.Zero;
        foreach (var c in digits.Replace("_", "", StringComparison.Ordinal))
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? char.ToLowerInvariant(c) - 'a' + 10 : 99;
            if (digit >= (radix == 0 ? 10 : radix) || digits.Length > 4300)
            {
                return null;
            }

            value = (value * (radix == 0 ? 10 : radix)) + digit;
        }

        return digits.Length == 0 || digits.StartsWith('_') || digits.EndsWith('_') ? null : negative ? -value : value;
    }
}
