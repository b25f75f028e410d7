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

        var result = Quotient(ToBig(value), BigInteger.One);
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
            return left is double x
                ? right is double y ? double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y) : -Compare(ToBig(right), x)
                : Compare(ToBig(left), (double)right);
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
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            return divisor == 0 ? throw PyError.ZeroDivision("float division by zero") : ToDouble(left) / divisor;
        }

        var (numerator, denominator) = (ToBig(left), ToBig(right));
        if (denominator.IsZero)
        {
            throw PyError.ZeroDivision("division by zero");
        }

        var quotient = Quotient(numerator, denominator);
        return double.IsInfinity(quotient) ? throw PyError.Overflow("integer division result too large for a float") : quotient;
    }

    public static object FloorDivide(object left, object right)
    {
        if (left is double || right is double)
        {
            var divisor = ToDouble(right);
            return divisor == 0
                ? throw PyError.ZeroDivision("float floor division by zero")
                : FloatFloorDivide(ToDouble(left), divisor);
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
        if (left is long and >= 0 and var number && right is long and > 0 and var divider)
        {
            return Box.Int(number % divider);
        }

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
        return rest == 0 ? double.CopySign(0, right) : (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static double FloatFloorDivide(double left, double right)
    {
        var rest = left % right;
        var quotient = (left - rest) / right;
        if (rest != 0 && (rest < 0) != (right < 0))
        {
            quotient--;
        }

        if (quotient == 0)
        {
            return double.CopySign(0, left / right);
        }

        var floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    // Exactly, where a float could not hold the integer.
    private static int? Compare(BigInteger left, double right)
    {
        if (!double.IsFinite(right))
        {
            return double.IsNaN(right) ? null : right > 0 ? -1 : 1;
        }

        var floor = Math.Floor(right);
        var order = left.CompareTo(new BigInteger(floor));
        return order == 0 && right > floor ? -1 : order;
    }

    // The float that is nearest to the quotient, with ties to even; infinity where it is too large for one.
    private static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        const long Exact = 1L << 53;
        var (top, bottom) = (BigInteger.Abs(numerator), BigInteger.Abs(denominator));
        if (top <= Exact && bottom <= Exact)
        {
            return (double)numerator / (double)denominator;
        }

        // A quotient of 64 bits or so has more than enough of them; what is left over only breaks ties.
        var shift = (int)Math.Max(-1_000_000, top.GetBitLength() - bottom.GetBitLength() - 64);
        var quotient = BigInteger.DivRem(shift < 0 ? top << -shift : top, shift > 0 ? bottom << shift : bottom, out var rest);
        var bits = (int)quotient.GetBitLength();
        var drop = Math.Max(bits - 53, -1074 - shift);
        if (drop > 0)
        {
            var dropped = quotient & ((BigInteger.One << drop) - 1);
            var half = dropped.CompareTo(BigInteger.One << (drop - 1));
            quotient >>= drop;
            shift += drop;
            quotient += half > 0 || (half == 0 && (!rest.IsZero || !quotient.IsEven)) ? 1 : 0;
        }

        var result = Math.ScaleB((double)quotient, shift);
        return numerator.Sign * denominator.Sign < 0 ? -result : result;
    }
}
