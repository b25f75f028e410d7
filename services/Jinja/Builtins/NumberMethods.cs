using System.Numerics;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Attributes and methods of numbers.</summary>
internal static class NumberMethods
{
    public static BuiltinMethod? Find(object self, string name) => (self, name) switch
    {
        (double, "is_integer") => Plain(name, static value => Box.Bool(Math.Floor((double)value) == (double)value)),
        (not double, "is_integer") => Plain(name, static _ => Box.True),
        (not double, "bit_length") => Plain(name, static value => Box.Int(BigInteger.Abs(PyNumber.ToBig(value)).GetBitLength())),
        (not double, "bit_count") => Plain(name, static value => Box.Int(BitCount(BigInteger.Abs(PyNumber.ToBig(value))))),
        (_, "conjugate") => Plain(name, Real),
        (_, "as_integer_ratio") => Plain(name, Ratio),
        _ => null,
    };

    /// <summary>The attribute of that name, or false where there is none.</summary>
    public static bool TryGetAttribute(object self, string name, out object? value)
    {
        value = (self, name) switch
        {
            (_, "real") => Real(self),
            (double, "imag") => 0.0,
            (_, "imag") => Box.Int(0),
            (not double, "numerator") => Real(self),
            (not double, "denominator") => Box.Int(1),
            _ => null,
        };
        return value is not null;
    }

    private static BuiltinMethod Plain(string name, Func<object, object> body) => (_, value, args) =>
    {
        args.RequireNone(name);
        return body(value);
    };

    private static object Real(object value) => value is bool ? PyNumber.Normalize(PyNumber.ToBig(value)) : value;

    private static long BitCount(BigInteger value) => value.ToByteArray().Sum(part => (long)BitOperations.PopCount(part));

    private static JinjaTuple Ratio(object value)
    {
        if (value is not double number)
        {
            return new JinjaTuple(Real(value), Box.Int(1));
        }

        if (!double.IsFinite(number))
        {
            throw double.IsNaN(number)
                ? PyError.Value("cannot convert NaN to integer ratio")
                : PyError.Overflow("cannot convert Infinity to integer ratio");
        }

        var (numerator, denominator) = FloatDigits.Ratio(number);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new JinjaTuple(PyNumber.Normalize(numerator / common), PyNumber.Normalize(denominator / common));
    }
}
