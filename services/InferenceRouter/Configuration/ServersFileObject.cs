using System.Text.Json;

namespace Atropos.InferenceRouter.Configuration;

/// <summary>An object of a <c>servers.json</c>: typed members, and a problem for each that is not what it should be.</summary>
internal sealed class ServersFileObject
{
    private readonly JsonElement _element;
    private readonly string _prefix;
    private readonly List<string> _problems;

    public ServersFileObject(JsonElement element, string path, string[] known, List<string> problems)
    {
        _element = element;
        _prefix = path.Length == 0 ? "" : path + ".";
        _problems = problems;
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                problems.Add($"{_prefix}{member.Name}: not known; known are {string.Join(", ", known)}");
            }
        }
    }

    public string? Text(string name) => Get(name, JsonValueKind.String, "a string")?.GetString();

    public int? Whole(string name)
    {
        if (Get(name, JsonValueKind.Number, "a whole number") is not { } value)
        {
            return null;
        }

        if (value.TryGetInt32(out var number))
        {
            return number;
        }

        _problems.Add($"{_prefix}{name}: {value.GetRawText()} is not a whole number up to {int.MaxValue}");
        return null;
    }

    public TimeSpan? Seconds(string name)
    {
        if (Get(name, JsonValueKind.Number, "a number of seconds") is not { } value)
        {
            return null;
        }

        var seconds = value.GetDouble();
        if (seconds is > 0 and < 2_000_000)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        _problems.Add($"{_prefix}{name}: {value.GetRawText()} is not a time to wait; give seconds above 0");
        return null;
    }

    public bool? Flag(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        _problems.Add($"{_prefix}{name}: must be true or false");
        return null;
    }

    public JsonElement.ArrayEnumerator? List(string name) => Get(name, JsonValueKind.Array, "a list")?.EnumerateArray();

    private bool Has(string name, out JsonElement value) =>
        _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private JsonElement? Get(string name, JsonValueKind kind, string what)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        _problems.Add($"{_prefix}{name}: must be {what}, is {value.ValueKind.ToString().ToLowerInvariant()}");
        return null;
    }
}
