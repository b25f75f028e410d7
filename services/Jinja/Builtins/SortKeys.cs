using Atropos.Jinja.Formatting;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Ordering by keys, as the sorting filters share it.</summary>
internal static class SortKeys
{
    /// <summary>A <c>reverse</c> argument, which has to be a number.</summary>
    public static bool Reverse(object? value) => Arg.Int(value, 0) != 0;

    /// <summary>The key that a value sorts by: text in lower case unless case matters.</summary>
    public static object? Fold(object? value, bool caseSensitive)
    {
        if (caseSensitive || !PyTypes.TryText(value, out var text))
        {
            return value;
        }

        Budget.Current?.ChargeText(text.Length);
        return PyCase.Lower(text);
    }

    /// <summary>Sorts by a key.</summary>
    /// <param name="context">Counts the comparisons.</param>
    /// <param name="items">What to sort; it stays as it is.</param>
    /// <param name="key">The key of an item.</param>
    /// <param name="reverse">Whether the greatest comes first.</param>
    /// <param name="equalFirst">Whether equal keys need not have an order, as where the original sorts by lists of keys.</param>
    public static object?[] Sort(RenderContext context, object?[] items, Func<object?, object?> key, bool reverse, bool equalFirst = false)
    {
        // n log n comparisons are counted before they are made.
        context.Charge((long)items.Length * (1 + (long)Math.Log2(Math.Max(1, items.Length))));
        context.ChargeObjects(6L * items.Length);
        var keyed = Array.ConvertAll(items, item => (Key: key(item), Item: item));
        var sorted = StableSort.Sort(keyed, (a, b) =>
        {
            var order = equalFirst && PyCompare.AreEqual(a.Key, b.Key) ? 0 : PyCompare.Order(a.Key, b.Key, "<") ?? 0;
            return reverse ? -order : order;
        });
        return Array.ConvertAll(sorted, pair => pair.Item);
    }
}
