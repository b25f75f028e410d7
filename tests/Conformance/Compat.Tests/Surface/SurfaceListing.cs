namespace Atropos.Compat.Tests.Surface;

/// <summary>Reads a listing in the form that <see cref="SurfaceWriter"/> writes, with the members indented below their type.</summary>
internal static class SurfaceListing
{
    public static HashSet<string> Read(string path, string assembly)
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        var inAssembly = false;
        var header = "";
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                inAssembly = line[2..] == assembly;
            }
            else if (inAssembly)
            {
                var indented = line.StartsWith("  ", StringComparison.Ordinal);
                header = indented ? header : Sorted(line);
                lines.Add(indented ? $"{header} | {line.Trim()}" : header);
            }
        }

        return lines;
    }

    private static string Sorted(string header)
    {
        var colon = header.IndexOf(" : ", StringComparison.Ordinal);
        if (colon < 0)
        {
            return header;
        }

        // A comma inside <> belongs to a type, not to the list.
        var parts = new List<string>();
        var depth = 0;
        var start = colon + 3;
        for (var i = start; i <= header.Length; i++)
        {
            if (i == header.Length || (header[i] == ',' && depth == 0))
            {
                parts.Add(header[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += header[i] == '<' ? 1 : header[i] == '>' ? -1 : 0;
            }
        }

        return header[..colon] + " : " + string.Join(", ", parts.Order(StringComparer.Ordinal));
    }
}
