using System.Globalization;

namespace Atropos.Tokenizers.Loading;

/// <summary>
/// Reads a JSON number as the original's JSON library does, whose last bit is not always that of the nearest double: the digits are
/// one whole number, which is then divided by a power of ten. Where sums of scores tie, that bit decides.
/// </summary>
internal static class ScoreParser
{
    private const int LargestPower = 308;

    private static readonly double[] Powers =
        [.. Enumerable.Range(0, LargestPower + 1).Select(power => double.Parse($"1e{power}", CultureInfo.InvariantCulture))];

    /// <param name="json">A well-formed JSON number.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is in the range of a double.</returns>
    public static bool TryParse(ReadOnlySpan<byte> json, out double value)
    {
        var at = json[0] == (byte)'-' ? 1 : 0;
        var isNegative = at == 1;
        var digits = 0UL;
        var exponent = 0L;
        var isFraction = false;
        var isFull = false;
        for (; at < json.Length && json[at] is not ((byte)'e' or (byte)'E'); at++)
        {
            if (json[at] == (byte)'.')
            {
                isFraction = true;
                continue;
            }

            var digit = (ulong)(json[at] - '0');
            isFull |= digits > (ulong.MaxValue - digit) / 10;
            if (!isFull)
            {
                digits = (digits * 10) + digit;
                exponent -= isFraction ? 1 : 0;
            }
            else if (!isFraction)
            {
                exponent++;
            }
        }

        if (at < json.Length)
        {
            exponent += Exponent(json[(at + 1)..]);
        }

        var isInRange = TryScale(digits, exponent, out value);
        value = isNegative ? -value : value;
        return isInRange;
    }

    private static long Exponent(ReadOnlySpan<byte> json)
    {
        var isNegative = json[0] == (byte)'-';
        var exponent = 0L;
        foreach (var digit in json[(json[0] is (byte)'-' or (byte)'+' ? 1 : 0)..])
        {
            exponent = Math.Min((exponent * 10) + digit - '0', int.MaxValue);
        }

        return isNegative ? -exponent : exponent;
    }

    private static bool TryScale(ulong digits, long exponent, out double value)
    {
        value = digits;
        for (; exponent < -LargestPower && value != 0; exponent += LargestPower)
        {
            value /= Powers[LargestPower];
        }

        if (value == 0)
        {
            return true;
        }

        if (exponent > LargestPower)
        {
            return false;
        }

        value = exponent >= 0 ? value * Powers[exponent] : value / Powers[-exponent];
        return !double.IsInfinity(value);
    }
}
