using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atropos.TokenTree.Matching;

/// <summary>
/// One text for all JSON texts of one value: members in the order of their names, no white space, escapes resolved, <c>1.0</c> as
/// <c>1</c>. Numbers that a double cannot be trusted with (over 17 digits or beyond its range) stay as they were written.
/// </summary>
public static class CanonicalJson
{
    private const int MaxDepth = 128;
    private const int MaxDigits = 17;
    private const int MaxExponent = 300;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Gives the canonical form of a JSON text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="canonical">The canonical form: not itself meant to be parsed.</param>
    /// <returns>
    /// False where the text has no canonical form and can only be compared as text: it is not JSON, or an object in it has two
    /// members of one name.
    /// </returns>
    public static bool TryCanonicalize(string json, out string canonical)
    {
        ArgumentNullException.ThrowIfNull(json);
        canonical = "";
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var output = new StringBuilder(json.Length);
            if (!Write(document.RootElement, output))
            {
                return false;
            }

            canonical = output.ToString();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (ArgumentException)
        {
            // Text that is not valid UTF-16.
            return false;
        }
        catch (InvalidOperationException)
        {
            // An escape of half a surrogate pair, which has no text.
            return false;
        }
    }

    private static bool Write(JsonElement value, StringBuilder output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(value, output);
            case JsonValueKind.Array:
                output.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    if (!Write(item, output))
                    {
                        return false;
                    }

                    output.Append(',');
                }

                output.Append(']');
                return true;
            case JsonValueKind.String:
                WriteText(value.GetString()!, output);
                return true;
            case JsonValueKind.Number:
                WriteNumber(value.GetRawText(), output);
                return true;
            default:
                output.Append(value.GetRawText());
                return true;
        }
    }

    private static bool WriteObject(JsonElement value, StringBuilder output)
    {
        var members = value.EnumerateObject().ToList();
        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        output.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
            {
                return false;
            }

            WriteText(members[i].Name, output);
            output.Append(':');
            if (!Write(members[i].Value, output))
            {
                return false;
            }

            output.Append(',');
        }

        output.Append('}');
        return true;
    }

    // A length in front instead of escapes: nothing within can be taken for the end.
    private static void WriteText(string text, StringBuilder output) =>
        output.Append('"').Append(text.Length).Append(':').Append(text);

    private static void WriteNumber(string raw, StringBuilder output)
    {
        if (!TryNormalize(raw, out var normal))
        {
            normal = "raw " + raw;
        }

        output.Append(normal);
    }

    // Exact on the decimal text: two numbers get one form only where they are the same number.
    private static bool TryNormalize(string raw, out string normal)
    {
        normal = "";
        var exponentAt = raw.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (exponentAt >= 0
            && !int.TryParse(raw.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        var mantissa = exponentAt < 0 ? raw.AsSpan() : raw.AsSpan(0, exponentAt);
        var negative = mantissa[0] == '-';
        if (negative)
        {
            mantissa = mantissa[1..];
        }

        var point = mantissa.IndexOf('.');
        var fraction = point < 0 ? default : mantissa[(point + 1)..];
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = string.Concat(whole, fraction);
        var digits = all.AsSpan().TrimStart('0');
        if (digits.IsEmpty)
        {
            normal = "0";
            return true;
        }

        var significant = digits.TrimEnd('0');
        if (significant.Length > MaxDigits || Math.Abs((long)exponent) > MaxExponent)
        {
            return false;
        }

        var scale = (long)exponent - fraction.Length + (digits.Length - significant.Length);
        if (Math.Abs(scale + significant.Length) > MaxExponent)
        {
            return false;
        }

        normal = string.Create(CultureInfo.InvariantCulture, $"{(negative ? "-" : "")}{significant}e{scale}");
        return true;
    }
}
