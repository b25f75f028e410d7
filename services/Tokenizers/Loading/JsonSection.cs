using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Atropos.Tokenizers.Loading;

/// <summary>A place in a JSON file that knows its own path, so that every complaint about it can name it.</summary>
/// <param name="File">What errors call the file.</param>
/// <param name="Path">The place, as in <c>$.model.vocab</c>.</param>
/// <param name="Element">What is there.</param>
/// <param name="Tables">The parts of a tokenizer.json that are not kept as JSON; null where there are none.</param>
internal readonly record struct JsonSection(string File, string Path, JsonElement Element, ModelTables? Tables = null)
{
    public bool IsNull => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public TokenizerLoadException Fail(string expectation) => new(File, Path, expectation);

    /// <summary>The member of that name; a section that <see cref="IsNull"/> when there is none.</summary>
    public JsonSection Member(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Fail($"expected an object with '{name}', found {Element.ValueKind}");
        }

        return new JsonSection(File, $"{Path}.{name}", Element.TryGetProperty(name, out var value) ? value : default, Tables);
    }

    public JsonSection Item(int index) => new(File, $"{Path}[{index}]", Element[index], Tables);

    public IEnumerable<JsonSection> Items(string name) => Member(name).Items();

    public IEnumerable<JsonSection> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Fail($"expected a list, found {(IsNull ? "nothing" : Element.ValueKind)}");
        }

        // Taking an element by its index walks over all before it.
        var index = 0;
        foreach (var element in Element.EnumerateArray())
        {
            yield return new JsonSection(File, $"{Path}[{index++}]", element);
        }
    }

    public string Text(string name) => OptionalText(name) ?? throw Member(name).Fail("expected a string, found nothing");

    public string? OptionalText(string name)
    {
        var member = Member(name);
        return member.IsNull ? null : member.AsText();
    }

    public string AsText() => Element.ValueKind == JsonValueKind.String
        ? Element.GetString()!
        : throw Fail($"expected a string, found {Element.ValueKind}");

    /// <summary>A token id.</summary>
    public int AsId() => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var id) && id >= 0
        ? id
        : throw Fail("expected a token id, a whole number from 0 on");

    /// <summary>A member that is one of the names of an enumeration.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        return Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text)
            : throw Member(name).Fail($"expected {string.Join(", ", Enum.GetNames<T>())}, found '{text}'");
    }

    public bool Flag(string name)
    {
        var member = Member(name);
        return member.Element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.Element.GetBoolean()
            : throw member.Fail(member.IsNull ? "expected true or false, found nothing" : $"expected true or false, found {member.Element.ValueKind}");
    }

    public bool Flag(string name, bool fallback) => Member(name).IsNull ? fallback : Flag(name);

    public int Number(string name)
    {
        var member = Member(name);
        return member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetInt32(out var value)
            ? value
            : throw member.Fail($"expected a 32-bit whole number, found {(member.IsNull ? "nothing" : member.Element.GetRawText())}");
    }

    /// <summary>
    /// A whole number of 0 or more. The original's numbers have 64 bits, and one without bounds is written as the largest of them: what is
    /// more than 32 bits hold is as much as they hold.
    /// </summary>
    public int Count(string name)
    {
        var member = Member(name);
        return member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetUInt64(out var value)
            ? (int)Math.Min(value, int.MaxValue)
            : throw member.Fail($"expected a whole number of 0 or more, found {(member.IsNull ? "nothing" : member.Element.GetRawText())}");
    }

    /// <summary>A text that is one code point.</summary>
    public string OneCharacter(string name)
    {
        var text = Text(name);
        return Rune.DecodeFromUtf16(text, out _, out var length) == OperationStatus.Done && length == text.Length
            ? text
            : throw Member(name).Fail($"expected one character, found '{text}'");
    }

    /// <summary>Refuses a component by the name that stands in its <c>type</c>.</summary>
    public TokenizerLoadException Unsupported(string stage, string type, params ReadOnlySpan<string> supported) =>
        Member("type").Fail($"{stage} '{type}' is not supported; supported are {string.Join(", ", supported!)}");
}
