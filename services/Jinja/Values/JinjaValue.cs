using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>Turns .NET and JSON values into template values. Template values are: null (None), <see cref="bool"/>,
/// <see cref="long"/>, <see cref="BigInteger"/>, <see cref="double"/>, <see cref="string"/>, <see cref="JinjaList"/>,
/// <see cref="JinjaTuple"/> and <see cref="JinjaDict"/>.</summary>
public static class JinjaValue
{
    /// <summary>Converts JSON. Numbers written without a point or exponent become integers, others floats; object keys keep
    /// their order, and the last of several equal keys wins.</summary>
    /// <param name="element">The JSON; an undefined element becomes null.</param>
    public static object? FromJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var dict = new JinjaDict(element.GetPropertyCount());
                foreach (var property in element.EnumerateObject())
                {
                    dict.Set(CommonWords.Share(property.Name), FromJson(property.Value));
                }

                return dict;
            case JsonValueKind.Array:
                var items = new object?[element.GetArrayLength()];
                var next = 0;
                foreach (var item in element.EnumerateArray())
                {
                    items[next++] = FromJson(item);
                }

                return new JinjaList(items);
            case JsonValueKind.String:
                return CommonWords.Share(element.GetString()!);
            case JsonValueKind.Number:
                return FromNumber(element);
            case JsonValueKind.True:
                return Box.True;
            case JsonValueKind.False:
                return Box.False;
            default:
                return null;
        }
    }

    /// <summary>Converts a .NET value: template values stay as they are; <see cref="JsonElement"/>, <see cref="JsonDocument"/>,
    /// integers, floats, dictionaries and other enumerables are converted, to any depth.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">The value, or one inside it, is of a type that templates have no counterpart for.</exception>
    public static object? From(object? value)
    {
        switch (value)
        {
            case null or string or long or double or BigInteger or JinjaSequence or JinjaDict or PyObject:
                return value;
            case bool flag:
                return Box.Bool(flag);
            case JsonElement element:
                return FromJson(element);
            case JsonDocument document:
                return FromJson(document.RootElement);
            case int or short or byte or sbyte or ushort or uint:
                return Box.Int(Convert.ToInt64(value, CultureInfo.InvariantCulture));
            case ulong unsigned:
                return PyNumber.Normalize(unsigned);
            case float or decimal:
                return Convert.ToDouble(value, CultureInfo.InvariantCulture);
            case char character:
                return character.ToString();
            case IReadOnlyDictionary<string, object?> map:
                var dict = new JinjaDict(map.Count);
                foreach (var (key, item) in map)
                {
                    dict.Set(CommonWords.Share(key), From(item));
                }

                return dict;
            case IDictionary map:
                return FromDictionary(map);
            case IEnumerable sequence:
                return new JinjaList(sequence.Cast<object?>().Select(From).ToArray());
            default:
                throw new ArgumentException(
                    $"A template cannot use a value of type {value.GetType()}: give it as JSON, a dictionary, a list, a string, a number or a bool.",
                    nameof(value));
        }
    }

    private static JinjaDict FromDictionary(IDictionary map)
    {
        var dict = new JinjaDict(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            dict.Set(From(entry.Key), From(entry.Value));
        }

        return dict;
    }

    private static object FromNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return Box.Int(integer);
        }

        var raw = element.GetRawText();
        return raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? PyNumber.Normalize(BigInteger.Parse(raw, CultureInfo.InvariantCulture))
            : double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
