using System.Text.Json;

namespace Atropos.ChatFormats.Templates;

/// <summary>Numbers in JSON that are too long to be read as such: to read one takes time that grows with the square of its digits, and
/// templates take no longer ones.</summary>
public static class LongNumbers
{
    /// <summary>Most characters of a number.</summary>
    public const int MostDigits = 16 * 1024;

    /// <summary>Whether a JSON text has a number of more characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">What it was parsed to.</param>
    public static bool AreIn(string text, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(text);
        return HasManyDigits(text) && Has(value);
    }

    private static bool HasManyDigits(string text)
    {
        if (text.Length <= MostDigits)
        {
            return false;
        }

        var run = 0;
        foreach (var character in text)
        {
            run = char.IsAsciiDigit(character) ? run + 1 : 0;
            if (run > MostDigits)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText().Length > MostDigits,
        JsonValueKind.Array => value.EnumerateArray().Any(Has),
        JsonValueKind.Object => value.EnumerateObject().Any(member => Has(member.Value)),
        _ => false,
    };
}
