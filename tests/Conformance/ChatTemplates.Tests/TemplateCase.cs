using System.Text.Json;
using Atropos.ChatFormats.Templates;
using Atropos.TestSupport;

namespace Atropos.ChatTemplates.Tests;

/// <summary>A template of the conformance data with its model's special tokens.</summary>
internal sealed record TemplateCase(string Name, ChatTemplate Template, IReadOnlyList<string> SpecialTokens, string? EosToken)
{
    /// <summary>Every template that compiles; skips the test where there is no data.</summary>
    public static IReadOnlyList<TemplateCase> All()
    {
        var folder = ConformanceFiles.RequiredFolder("templates");
        using var tokens = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "special_tokens.json")));
        var cases = new List<TemplateCase>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.jinja").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var special = tokens.RootElement.TryGetProperty(name, out var found)
                ? found.EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetString()!)
                : new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" };
            var source = File.ReadAllText(path);
            try
            {
                cases.Add(new TemplateCase(
                    name, ChatTemplate.Parse(source, special), Tests.SpecialTokens.Of(source, [.. special.Values]), special.GetValueOrDefault("eos_token")));
            }
            catch (Jinja.TemplateSyntaxException)
            {
                // One of the files is none to Jinja2 either.
            }
        }

        return cases;
    }
}
