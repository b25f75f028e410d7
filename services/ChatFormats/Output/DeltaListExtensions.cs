namespace Atropos.ChatFormats;

/// <summary>Building lists of deltas.</summary>
internal static class DeltaListExtensions
{
    /// <summary>Adds text; empty text adds nothing.</summary>
    public static void AddText(this List<OutputDelta> deltas, OutputDeltaKind kind, string text, int toolIndex = -1)
    {
        if (text.Length > 0)
        {
            deltas.Add(new OutputDelta(kind, text, toolIndex));
        }
    }

    /// <summary>Adds deltas, neighbours that add to the same thing as one.</summary>
    public static void AddJoined(this List<OutputDelta> deltas, List<OutputDelta> parts)
    {
        for (var index = 0; index < parts.Count;)
        {
            var first = parts[index];
            var end = index + 1;
            while (end < parts.Count && first.Kind != OutputDeltaKind.ToolCallBegin
                && parts[end].Kind == first.Kind && parts[end].ToolIndex == first.ToolIndex)
            {
                end++;
            }

            deltas.Add(end == index + 1 ? first : first with { Text = string.Concat(parts.GetRange(index, end - index).Select(part => part.Text)) });
            index = end;
        }
    }
}
