namespace Atropos.ChatFormats;

/// <summary>Searching text that is still coming for fixed markers.</summary>
internal static class Markers
{
    /// <summary>The length of the longest end of the text with which the marker could begin, short of the whole marker.</summary>
    public static int HeldBack(ReadOnlySpan<char> text, ReadOnlySpan<char> marker)
    {
        for (var length = Math.Min(marker.Length - 1, text.Length); length > 0; length--)
        {
            if (text.EndsWith(marker[..length], StringComparison.Ordinal))
            {
                return length;
            }
        }

        return 0;
    }
}
