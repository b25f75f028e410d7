using Atropos.Transcoding.Routing;

namespace Atropos.Transcoding.OpenApi;

/// <summary>
/// A path template as OpenAPI can say it, where a parameter is one segment: a variable of several segments becomes a parameter
/// for each wildcard in it.
/// </summary>
internal sealed class OpenApiPath
{
    public OpenApiPath(PathTemplate template)
    {
        var parts = new List<string>();
        var shape = new List<string>();
        for (var i = 0; i < template.Segments.Count; i++)
        {
            if (template.Segments[i].Literal is { } literal)
            {
                parts.Add(literal);
                shape.Add(literal);
            }
            else
            {
                var parameter = Name(template, i);
                Parameters.Add(parameter);
                parts.Add($"{{{parameter.Name}}}");
                shape.Add("{}");
            }
        }

        var suffix = template.Verb.Length > 0 ? ":" + template.Verb : "";
        Text = "/" + string.Join('/', parts) + suffix;
        Shape = "/" + string.Join('/', shape) + suffix;
    }

    /// <summary>The path with its parameters' names.</summary>
    public string Text { get; }

    /// <summary>The path without them: OpenAPI takes paths that differ in names only for the same.</summary>
    public string Shape { get; }

    /// <summary>The parameters, in order.</summary>
    public List<(string Name, string Field)> Parameters { get; } = [];

    private static (string Name, string Field) Name(PathTemplate template, int segment)
    {
        foreach (var variable in template.Variables)
        {
            var end = variable.End < 0 ? template.Segments.Count : variable.End;
            if (segment < variable.Start || segment >= end)
            {
                continue;
            }

            var wildcards = Enumerable.Range(variable.Start, end - variable.Start).Where(i => template.Segments[i].Literal is null).ToList();
            return wildcards.Count == 1
                ? (variable.Field, variable.Field)
                : ($"{variable.Field}_{wildcards.IndexOf(segment) + 1}", variable.Field);
        }

        return ($"segment_{segment + 1}", "");
    }
}
