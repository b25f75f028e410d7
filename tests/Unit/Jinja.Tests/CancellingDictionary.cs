using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Atropos.Jinja.Tests;

/// <summary>Variables that cancel the rendering when the first of them is read.</summary>
internal sealed class CancellingDictionary(CancellationTokenSource source) : IReadOnlyDictionary<string, object?>
{
    public IEnumerable<string> Keys => [];

    public IEnumerable<object?> Values => [];

    public int Count => 0;

    public object? this[string key] => throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => false;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        source.Cancel();
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, object?>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
