using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A dict key under Python's equality and hashing.</summary>
internal readonly struct DictKey(object? value) : IEquatable<DictKey>
{
    private readonly object? _value = value;

    public bool Equals(DictKey other) => PyCompare.AreEqual(_value, other._value);

    public override bool Equals(object? obj) => obj is DictKey other && Equals(other);

    public override int GetHashCode() => PyCompare.Hash(_value);
}
