using System.Numerics;
using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's numbers: integers of any size (held as long where they fit), floats, and bools as 0 and 1.</summary>
internal static class PyNumber
{
    /// <summary>Integers above this many bits are refused: no template needs them, and a power tower makes them without end.</summary>
    private const long MaxBits = 1 << 16;

    public static bool IsNumber(object? value) => value is long or bool or double or BigInteger;

    public static bool IsInteger(object? value) => value is long or bool or BigInteger;

    public static object Normalize(BigInteger value)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
        {
            return Box.Int((long)value);
        }

        var bits = value.GetBitLength();
        if (bits > MaxBits)
        {
            throw TooLarge();
        }

        Budget.Current?.ChargeMemory(bits / 8);
        ChargeDigits(value);
        return value;
    }

    /// <summary>Counts work on a large integer, most of which takes as long as its length squared.</summary>
    public static void ChargeDigits(BigInteger value)
    {
        var words = value.GetBitLength() / 64;
        Budget.Current?.Charge(words * words / 4);
    }

    public static BigInteger ToBig(object value) => value switch
    {
        bool flag => flag ? BigInteger.One : BigInteger.Zero,
        long number => number,
        BigInteger number => number,
        double number => new BigInteger(number),
        _ => throw PyError.Type($"'{PyTypes.Name(value)}' object cannot be interpreted as an integer"),
    };

    /// <summary>The long in an int or bool.</summary>
    public static bool TryLong(object? value, out long number)
    {
        switch (value)
        {
            case long integer:
                number = integer;
                return true;
            case bool flag:
                number = flag ? 1 : 0;
                return true;
            case BigInteger big:
                number = big.Sign < 0 ? long.MinValue : long.MaxValue;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    public static long RequireLong(object? value)
    {
        Undefined.Reject(value);
        return TryLong(value, out var number)
            ? number
            : throw PyError.Type($"'{PyTypes.Name(value)}' object cannot be interpreted as an integer");
    }

    public static double ToDouble(object value)
    {
        if (value is double number)
        {
            return number;
        }

        if (value is long integer)
        {
            return integer;
        }

        var result = (double)ToBig(value);
        return double.IsInfinity(result) ? throw PyError.Overflow("int too large to convert to float") : result;
    }

    public static int? Compare(object left, object right)
    {
        if (left is long a && right is long b)
        {
            return a.CompareTo(b);
        }

        if (left is double || right is double)
        {
            var (x, y) = (AsDouble(left), AsDouble(right));
            return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        }

        return ToBig(left).CompareTo(ToBig(right));
    }

    public static object Add(object left, object right)
    {
        if (left is long a && right is long b)
        {
            var sum = unchecked(a + b);
            return ((a ^ sum) & (b ^ sum)) < 0 ? Normalize((BigInteger)a + b) : Box.Int(sum);
        }

        return left is double || right is double ? ToDouble(left) + ToDouble(right) : Normalize(ToBig(left) + ToBig(right));
    }

    public static object Subtract(object left, object right)
    {
        if (left is long a && right is long b)
        {
            var difference = unchecked(a - b);
            return ((a ^ b) & (a ^ difference)) < 0 ? Normalize((BigInteger)a - b) : Box.Int(difference);
        }

        return left is double || right is double ? ToDouble(left) - ToDouble(right) : Normalize(ToBig(left) - ToBig(right));
    }

    public static object Multiply(object left, object right) =>
        left is double || right is double ? ToDouble(left) * ToDouble(right) : Normalize(ToBig(left) * ToBig(right));

    public static object Divide(object left, object right)
    {
        var divisor = ToDouble(right);
        return divisor == 0
            ? throw PyError.ZeroDivision(left is double || right is double ? "float division by zero" : "division by zero")
            : ToDouble(left) / divisor;
    }

    public static object FloorDivide(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            return divisor == 0
                ? throw PyError.ZeroDivision("float floor division by zero")
                : Math.Floor((ToDouble(left) - FloatModulo(ToDouble(left), divisor)) / divisor + 0.5);
        }

        var by = ToBig(right);
        if (by.IsZero)
        {
            throw PyError.ZeroDivision("integer division or modulo by zero");
        }

        var quotient = BigInteger.DivRem(ToBig(left), by, out var rest);
        return Normalize(!rest.IsZero && rest.Sign != by.Sign ? quotient - 1 : quotient);
    }

    public static object Modulo(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            return divisor == 0 ? throw PyError.ZeroDivision("float modulo") : FloatModulo(ToDouble(left), divisor);
        }

        var by = ToBig(right);
        if (by.IsZero)
        {
            throw PyError.ZeroDivision("integer modulo by zero");
        }

        var rest = BigInteger.Remainder(ToBig(left), by);
        return Normalize(!rest.IsZero && rest.Sign != by.Sign ? rest + by : rest);
    }

    public static object Power(object left, object right)
    {
        if (left is double || right is double || ToBig(right).Sign < 0)
        {
            var (x, y) = (ToDouble(left), ToDouble(right));
            if (x == 0 && y < 0)
            {
                throw PyError.ZeroDivision("0.0 cannot be raised to a negative power");
            }

            var result = Math.Pow(x, y);
            return double.IsInfinity(result) && !double.IsInfinity(x) && !double.IsInfinity(y)
                ? throw PyError.Overflow("(34, 'Numerical result out of range')")
                : result;
        }

        var (number, exponent) = (ToBig(left), ToBig(right));
        var bits = (BigInteger)number.GetBitLength() * exponent;
        return bits > MaxBits && !BigInteger.Abs(number).IsOne && !number.IsZero
            ? throw TooLarge()
            : Normalize(BigInteger.Abs(number).IsOne || number.IsZero ? SmallPower(number, exponent) : BigInteger.Pow(number, (int)exponent));
    }

    public static object Negate(object value) => value switch
    {
        double number => -number,
        long number when number != long.MinValue => Box.Int(-number),
        _ => Normalize(-ToBig(value)),
    };

    /// <summary>int() of a float: towards zero.</summary>
    public static object Truncate(double value) =>
        double.IsNaN(value) ? throw PyError.Value("cannot convert float NaN to integer")
        : double.IsInfinity(value) ? throw PyError.Overflow("cannot convert float infinity to integer")
        : Normalize(new BigInteger(Math.Truncate(value)));

    private static TemplateLimitException TooLarge() => new(
        nameof(TemplateLimits.MaxSteps), $"The template makes an integer of more than {MaxBits} bits; no setting allows it.");

    private static BigInteger SmallPower(BigInteger number, BigInteger exponent) =>
        exponent.IsZero ? BigInteger.One : number.Sign < 0 && exponent.IsEven ? BigInteger.One : number;

    private static double FloatModulo(double left, double right)
    {
        var rest = left % right;
        return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static double AsDouble(object value) => value is double number ? number : (double)ToBig(value);
}
