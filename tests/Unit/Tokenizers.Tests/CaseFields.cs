using System.Text.Json;

namespace Atropos.Tokenizers.Tests;

/// <summary>The members of a conformance case.</summary>
internal static class CaseFields
{
    public static string? OptionalText(this JsonElement item, string name) => item.TryGetProperty(name, out var text) ? text.GetString() : null;

    public static int[] Ints(this JsonElement item, string name)
    {
        var list = item.GetProperty(name);
        var values = new int[list.GetArrayLength()];
        var index = 0;
        foreach (var value in list.EnumerateArray())
        {
            values[index++] = value.GetInt32();
        }

        return values;
    }
}
