using System.Runtime.CompilerServices;
using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's equality, ordering, membership and hashing.</summary>
internal static class PyCompare
{
    public static bool AreEqual(object? left, object? right)
    {
        if (left is string text && right is string otherText)
        {
            ChargeText(text);
            return string.Equals(text, otherText);
        }

        if (ReferenceEquals(left, right))
        {
            return left is not double number || !double.IsNaN(number);
        }

        if (left is null || right is null)
        {
            return false;
        }

        if (PyNumber.IsNumber(left))
        {
            return PyNumber.IsNumber(right) && PyNumber.Compare(left, right) == 0;
        }

        if (PyTypes.TryText(left, out var a))
        {
            return PyTypes.TryText(right, out var b) && string.Equals(a, b);
        }

        return (left, right) switch
        {
            (JinjaList x, JinjaList y) => ItemsEqual(x.Items, y.Items),
            (JinjaTuple x, JinjaTuple y) => ItemsEqual(x.Items, y.Items),
            (JinjaDict x, JinjaDict y) => DictsEqual(x, y),
            (Undefined, Undefined) => true,
            (PyRange x, PyRange y) => x.Text == y.Text,
            _ => false,
        };
    }

    private static void ChargeText(string text)
    {
        if (text.Length > 256)
        {
            Budget.Current?.ChargeScan(text.Length);
        }
    }

    /// <summary>Orders two values as <c>&lt;</c> does; <paramref name="symbol"/> is for the error on unordered types.</summary>
    /// <returns>Negative, zero or positive; null where a NaN is involved.</returns>
    public static int? Order(object? left, object? right, string symbol)
    {
        if (left is not null && right is not null)
        {
            if (PyNumber.IsNumber(left) && PyNumber.IsNumber(right))
            {
                return PyNumber.Compare(left, right);
            }

            if (PyTypes.TryText(left, out var a) && PyTypes.TryText(right, out var b))
            {
                return CompareText(a, b);
            }

            if (left is JinjaSequence x && right is JinjaSequence y && x is JinjaList == y is JinjaList)
            {
                return OrderItems(x.Items, y.Items, symbol);
            }
        }

        Undefined.Reject(left);
        Undefined.Reject(right);
        throw PyError.Type(
            $"'{symbol}' not supported between instances of '{PyTypes.Name(left)}' and '{PyTypes.Name(right)}'");
    }

    public static bool Contains(RenderContext context, object? container, object? item)
    {
        switch (container)
        {
            case string or Markup:
                PyTypes.TryText(container, out var text);
                return PyTypes.TryText(item, out var part)
                    ? TextSearch.IndexOf(text, part) >= 0
                    : throw PyError.Type($"'in <string>' requires string as left operand, not {PyTypes.Name(item)}");
            case JinjaDict dict:
                return dict.TryGet(item, out _);
            case JinjaSequence sequence:
                context.Charge(sequence.Count);
                foreach (var other in sequence.Items)
                {
                    if (AreEqual(other, item))
                    {
                        return true;
                    }
                }

                return false;
            case DictView { Keys: { } keys }:
                return keys.TryGet(item, out _);
            case PyRange range when item is long number:
                return range.Contains(number);
            case PyObject other when other.Iterate() is { } items:
                return items.Any(candidate =>
                {
                    context.Step();
                    return AreEqual(candidate, item);
                });
            default:
                throw PyError.Type($"argument of type '{PyTypes.Name(container)}' is not iterable");
        }
    }

    public static void RequireHashable(object? value)
    {
        if (Unhashable(value) is { } part)
        {
            throw PyError.Type($"unhashable type: '{PyTypes.Name(part)}'");
        }
    }

    /// <summary>Whether a dict may have the value as a key.</summary>
    public static bool IsHashable(object? value) => Unhashable(value) is null;

    public static int Hash(object? value)
    {
        RequireHashable(value);
        switch (value)
        {
            case null:
                return 0;
            case Undefined:
                return 1;
            case string or Markup:
                PyTypes.TryText(value, out var text);
                ChargeText(text!);
                return text!.GetHashCode(StringComparison.Ordinal);
            case JinjaTuple tuple:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                Budget.Current?.Charge(1 + tuple.Count);
                var hash = default(HashCode);
                foreach (var item in tuple.Items)
                {
                    hash.Add(Hash(item));
                }

                return hash.ToHashCode();
            case double number when number != Math.Floor(number) || Math.Abs(number) > long.MaxValue:
                return HashCode.Combine(number);
            default:
                return PyNumber.IsNumber(value) ? PyNumber.ToBig(value).GetHashCode() : RuntimeHelpers.GetHashCode(value);
        }
    }

    /// <summary>Compares by code point, which differs from UTF-16 order above U+FFFF.</summary>
    public static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        Budget.Current?.ChargeScan(length);
        var at = left.AsSpan(0, length).CommonPrefixLength(right);
        if (at == length)
        {
            return left.Length - right.Length;
        }

        var (a, b) = (left[at], right[at]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }

    private static object? Unhashable(object? value)
    {
        if (value is not JinjaTuple tuple)
        {
            return value is JinjaList or JinjaDict or DictView { IsHashable: false } ? value : null;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        Budget.Current?.Charge(1 + tuple.Count);
        foreach (var item in tuple.Items)
        {
            if (Unhashable(item) is { } part)
            {
                return part;
            }
        }

        return null;
    }

    private static bool ItemsEqual(object?[] left, object?[] right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Budget.Current?.Step();
        if (left.Length != right.Length)
        {
            return false;
        }

        Budget.Current?.Charge(left.Length);

        for (var i = 0; i < left.Length; i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool DictsEqual(JinjaDict left, JinjaDict right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (left.Count != right.Count)
        {
            return false;
        }

        Budget.Current?.Charge(1 + left.Count);
        for (var i = 0; i < left.Count; i++)
        {
            if (!right.TryGet(left.Keys[i], out var other) || !AreEqual(left.Values[i], other))
            {
                return false;
            }
        }

        return true;
    }

    private static int? OrderItems(object?[] left, object?[] right, string symbol)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Budget.Current?.Charge(1 + Math.Min(left.Length, right.Length));
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return Order(left[i], right[i], symbol);
            }
        }

        return left.Length - right.Length;
    }
}
