using System.Globalization;
using System.Numerics;

namespace Atropos.Jinja.Formatting;

/// <summary>Decimal digits of floats, rounded from the exact value with ties to even, as Python has them and .NET's formats do not.</summary>
internal static class FloatDigits
{
    /// <summary>A finite, non-negative number with that many digits behind the point.</summary>
    public static string Fixed(double value, int precision)
    {
        var digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision == 0 ? digits : $"{digits[..^precision]}.{digits[^precision..]}";
    }

    /// <summary>The first digits of a finite, non-negative number, and the exponent of the first.</summary>
    public static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
            {
                return (digits, exponent);
            }

            exponent += digits.Length > count ? 1 : -1;
        }
    }

    /// <summary>The finite number nearest to <paramref name="value"/> with that many digits behind the point, or with zeros before it
    /// where there are fewer than none.</summary>
    public static double Round(double value, int precision)
    {
        if (precision > 323 || value == 0)
        {
            return value;
        }

        var scaled = precision < -308 ? BigInteger.Zero : Scaled(Math.Abs(value), precision);
        var rounded = double.Parse($"{scaled.ToString(CultureInfo.InvariantCulture)}e{-precision}", NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.CopySign(rounded, value);
    }

    /// <summary>The finite number as a fraction, whose denominator is a power of two; it may have common divisors.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Ratio(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var numerator = (BigInteger)(exponent == 0 ? fraction : fraction | 0x10000000000000) * (bits < 0 ? -1 : 1);
        var shift = Math.Max(1, exponent) - 1075;
        return shift >= 0 ? (numerator << shift, BigInteger.One) : (numerator, BigInteger.One << -shift);
    }

    // value * 10^power to the nearest integer.
    private static BigInteger Scaled(double value, int power)
    {
        var (numerator, denominator) = Ratio(value);
        if (power >= 0)
        {
            numerator *= BigInteger.Pow(10, power);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -power);
        }

        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var half = (rest * 2).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
