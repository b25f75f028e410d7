using System.Globalization;
using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>Typed access to the members of a JSON object; null counts as absent, a wrong type names the field.</summary>
internal readonly struct JsonFields(JsonElement element)
{
    public bool TryGet(string name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a text", value);
    }

    public bool Flag(string name, bool otherwise = false)
    {
        if (!TryGet(name, out var value))
        {
            return otherwise;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false", value),
        };
    }

    public int? Int(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "an integer", value);
    }

    public int Int(string name, int otherwise, int minimum)
    {
        var number = Int(name) ?? otherwise;
        return number >= minimum
            ? number
            : throw EngineRequestException.Bad($"{name} must be at least {minimum}, got {number}.", name);
    }

    public double Number(string name, double otherwise, double minimum, double maximum)
    {
        if (!TryGet(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            throw Wrong(name, "a number", value);
        }

        var number = value.GetDouble();
        return number >= minimum && number <= maximum
            ? number
            : throw EngineRequestException.Bad(
                string.Create(CultureInfo.InvariantCulture, $"{name} must be from {minimum} to {maximum}, got {number}."), name);
    }

    /// <summary>Any 64-bit integer, as bits.</summary>
    public ulong? Seed(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? unchecked((ulong)number)
            : throw Wrong(name, "an integer", value);
    }

    /// <summary>One text or a list of texts; empty texts are left out.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (!TryGet(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString() is { Length: > 0 } text ? [text] : [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, "a text or a list of texts", value);
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                throw Wrong(name, "a text or a list of texts", item);
            }

            if (item.GetString() is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public IReadOnlyList<int> Ints(string name) => TryGet(name, out var value) ? IntArray(name, value) : [];

    public static int[] IntArray(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, "a list of integers", value);
        }

        var numbers = new int[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out numbers[i++]))
            {
                throw Wrong(name, "a list of integers", item);
            }
        }

        return numbers;
    }

    /// <summary>OpenAI's bias map: ids as texts, each added to that token's logit.</summary>
    public IReadOnlyDictionary<int, double> Biases(string name, int vocabularySize)
    {
        var biases = new Dictionary<int, double>();
        if (!TryGet(name, out var value))
        {
            return biases;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "a map of token ids to numbers", value);
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id >= vocabularySize || member.Value.ValueKind != JsonValueKind.Number)
            {
                throw EngineRequestException.Bad(
                    $"{name} maps token ids below {vocabularySize} to numbers; '{member.Name}' is not one of them.", name);
            }

            biases[id] = member.Value.GetDouble();
        }

        return biases;
    }

    private static EngineRequestException Wrong(string name, string expected, JsonElement value) =>
        EngineRequestException.Bad($"{name} must be {expected}, not {value.ValueKind}.", name);
}
