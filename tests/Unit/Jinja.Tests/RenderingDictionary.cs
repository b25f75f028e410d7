using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Atropos.Jinja.Tests;

/// <summary>Variables that render another template, which fails, when they are read.</summary>
internal sealed class RenderingDictionary(Template other) : IReadOnlyDictionary<string, object?>
{
    public int Count => 0;

    public IEnumerable<string> Keys => [];

    public IEnumerable<object?> Values => [];

    public object? this[string key] => throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => false;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        value = Assert.ThrowsAny<TemplateException>(() => other.Render(new Dictionary<string, object?>())).Message;
        return key == "go";
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, object?>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
