using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atropos.Transcoding.Json;

/// <summary>
/// Finds the path of a token, as in <c>messages[2].content</c>, by reading the document again: nothing is kept for it while all goes well.
/// </summary>
internal static class JsonLocation
{
    /// <summary>The path of the value or member whose token starts at the offset; empty for the document itself.</summary>
    public static string PathOf(ReadOnlySequence<byte> document, long offset, int maxDepth)
    {
        var reader = new Utf8JsonReader(document, new JsonReaderOptions { MaxDepth = maxDepth });
        var levels = new Stack<Level>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                levels.Pop();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                levels.Peek().Name = NameOf(ref reader);
            }
            else if (levels.TryPeek(out var level) && level.Name is null)
            {
                level.Index++;
            }

            if (reader.TokenStartIndex >= offset)
            {
                break;
            }

            if (reader.TokenType == JsonTokenType.StartArray)
            {
                levels.Push(new Level { Index = -1 });
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                levels.Push(new Level { Name = "" });
            }
        }

        return Render(levels);
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "?";
        }
    }

    private static string Render(Stack<Level> levels)
    {
        var path = new StringBuilder();
        foreach (var level in levels.Reverse())
        {
            if (level.Name is null)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{level.Index}]");
            }
            else
            {
                path.Append(path.Length == 0 ? "" : ".").Append(level.Name);
            }
        }

        return path.ToString();
    }

    /// <summary>An object, by the member that is read, or an array, by the element.</summary>
    private sealed class Level
    {
        public string? Name { get; set; }

        public int Index { get; set; }
    }
}
