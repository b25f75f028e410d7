using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atropos.SessionTracker.Continuity;

/// <summary>
/// Template arguments in the form in which conversations are compared. The order of the arguments themselves does not count; within one
/// of them it does, because a template can print it, and so does the difference between <c>1</c> and <c>1.0</c>. White space, escapes
/// and other spellings of one number do not. Nodes are compared by JSON value, which knows neither order nor kinds of numbers, so what
/// they matter to is put in as text.
/// </summary>
internal static class TemplateArgumentsKey
{
    private const string Exact = "exact";

    /// <summary>Gives the form.</summary>
    /// <param name="values">The arguments.</param>
    /// <param name="documents">The documents; null for none.</param>
    public static string Of(OrderedDictionary<string, JsonElement> values, JsonElement? documents)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (documents is { } given)
            {
                writer.WriteStartObject();
                writer.WritePropertyName("documents");
                WriteExact(writer, given);
                writer.WritePropertyName("arguments");
                WriteAll(writer, values);
                writer.WriteEndObject();
            }
            else
            {
                WriteAll(writer, values);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteAll(Utf8JsonWriter writer, OrderedDictionary<string, JsonElement> values)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || IsFloat(value))
            {
                WriteExact(writer, value);
            }
            else
            {
                Write(writer, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteExact(Utf8JsonWriter writer, JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var inner = new Utf8JsonWriter(buffer))
        {
            Write(inner, value);
        }

        writer.WriteStartObject();
        writer.WriteString(Exact, buffer.WrittenSpan);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                // As dicts have it: the last of equal names wins, in the place of the first.
                var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                writer.WriteRawValue(IsFloat(value) ? OneSpelling(value.GetRawText()) : value.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static string OneSpelling(string number)
    {
        var value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value.ToString("E16", CultureInfo.InvariantCulture) : value > 0 ? "1e999" : "-1e999";
    }

    private static bool IsFloat(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0;
}
