namespace Atropos.Jinja.Formatting;

/// <summary>A merge sort: keeps the order of equal items, as Python does, and lets the comparison's errors through unwrapped.</summary>
internal static class StableSort
{
    public static T[] Sort<T>(T[] items, Comparison<T> compare)
    {
        var source = (T[])items.Clone();
        var target = new T[items.Length];
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width)
            {
                Merge(source, target, start, Math.Min(start + width, items.Length), Math.Min(start + (2 * width), items.Length), compare);
            }

            (source, target) = (target, source);
        }

        return source;
    }

    private static void Merge<T>(T[] source, T[] target, int start, int middle, int end, Comparison<T> compare)
    {
        var (left, right) = (start, middle);
        for (var at = start; at < end; at++)
        {
            var takeLeft = left < middle && (right >= end || compare(source[right], source[left]) >= 0);
            target[at] = takeLeft ? source[left++] : source[right++];
        }
    }
}
