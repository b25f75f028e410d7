namespace Atropos.Jinja.Runtime;

/// <summary>Searches text by ordinal comparison. A text of one letter makes a plain search for a long part take as long as both
/// lengths multiplied: such a search is made in stretches, between which the rendering's limits are looked at.</summary>
internal static class TextSearch
{
    private const long MostWork = 1L << 28;

    public static int IndexOf(ReadOnlySpan<char> text, string part)
    {
        Budget.Current?.ChargeScan(text.Length);
        if ((long)text.Length * part.Length <= MostWork)
        {
            return text.IndexOf(part);
        }

        var stretch = Stretch(part);
        for (var at = 0; at + part.Length <= text.Length; at += stretch)
        {
            var found = text.Slice(at, Math.Min(stretch + part.Length - 1, text.Length - at)).IndexOf(part);
            if (found >= 0)
            {
                return at + found;
            }

            Budget.Current?.Check();
        }

        return -1;
    }

    public static int LastIndexOf(ReadOnlySpan<char> text, string part)
    {
        Budget.Current?.ChargeScan(text.Length);
        if ((long)text.Length * part.Length <= MostWork)
        {
            return text.LastIndexOf(part);
        }

        var stretch = Stretch(part);
        for (var end = text.Length; end >= part.Length; end -= stretch)
        {
            var start = Math.Max(0, end - stretch - part.Length + 1);
            var found = text[start..end].LastIndexOf(part);
            if (found >= 0)
            {
                return start + found;
            }

            Budget.Current?.Check();
        }

        return -1;
    }

    /// <summary>How often a part that is not empty occurs, without overlap.</summary>
    public static int Count(ReadOnlySpan<char> text, string part)
    {
        if ((long)text.Length * part.Length <= MostWork)
        {
            Budget.Current?.ChargeScan(text.Length);
            return text.Count(part);
        }

        var count = 0;
        for (var at = IndexOf(text, part); at >= 0; at = IndexOf(text, part))
        {
            text = text[(at + part.Length)..];
            count++;
        }

        return count;
    }

    private static int Stretch(string part) => (int)Math.Max(1, MostWork / part.Length);
}
