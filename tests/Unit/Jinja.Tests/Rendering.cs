using System.Text.Json;

namespace Atropos.Jinja.Tests;

/// <summary>Short ways to render in tests.</summary>
internal static class Rendering
{
    /// <summary>Renders with variables given as one JSON object.</summary>
    public static string Render(string source, string variables = "{}", TemplateLimits? limits = null)
    {
        using var document = JsonDocument.Parse(variables);
        return Template.Parse(source).Render(
            document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value), limits);
    }

    public static TemplateRuntimeException Fails(string source, string variables = "{}") =>
        Assert.Throws<TemplateRuntimeException>(() => Render(source, variables));
}
