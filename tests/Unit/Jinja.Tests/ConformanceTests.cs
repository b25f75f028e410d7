using System.Text.Json;
using Atropos.TestSupport;

namespace Atropos.Jinja.Tests;

/// <summary>Compares renderings with those of Python's Jinja2.</summary>
public sealed class ConformanceTests
{
    private const string Sentinel = "CONTINUE_FINAL_MESSAGE_TAG ";

    private static readonly TemplateOptions Options = new()
    {
        TimeProvider = new FixedTime(new DateTimeOffset(2024, 7, 26, 14, 5, 9, TimeSpan.Zero)),
    };

    [Fact]
    public void Render_of_every_micro_case_equals_Jinja2()
    {
        var failures = new List<string>();
        var cases = 0;
        foreach (var item in ConformanceFiles.Items(ConformanceFiles.RequiredFile("templates", "cases", "micro.jsonl")))
        {
            cases++;
            var source = item.GetProperty("source").GetString()!;
            var variables = item.GetProperty("input").EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
            if (Compare(() => Template.Parse(source, Options).Render(variables), item.GetProperty("expect")) is { } problem)
            {
                failures.Add($"{source} => {problem}");
            }
        }

        Assert.True(cases > 0, "the file of cases is empty");
        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(60))}");
    }

    [Fact]
    public void Render_of_every_chat_template_equals_Jinja2()
    {
        var folder = ConformanceFiles.RequiredFolder("templates");
        var templates = new Dictionary<string, Template>();
        var failures = new List<string>();
        var cases = 0;
        foreach (var item in ConformanceFiles.Items(Path.Combine(folder, "cases", "templates.jsonl")))
        {
            cases++;
            var name = item.GetProperty("template").GetString()!;
            if (Compare(() => RenderChat(folder, name, item, templates), item.GetProperty("expect")) is { } problem)
            {
                failures.Add($"{name} {item.GetProperty("conversation")} => {problem}");
            }
        }

        Assert.True(cases > 0, "the file of cases is empty");
        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(60))}");
    }

    private static string RenderChat(string folder, string name, JsonElement root, Dictionary<string, Template> templates)
    {
        if (!templates.TryGetValue(name, out var template))
        {
            template = Template.Parse(File.ReadAllText(Path.Combine(folder, name + ".jinja")), Options);
            templates.Add(name, template);
        }

        var input = root.GetProperty("input");
        var variables = new Dictionary<string, object?>
        {
            ["tools"] = input.GetProperty("tools"),
            ["documents"] = input.GetProperty("documents"),
            ["add_generation_prompt"] = input.GetProperty("add_generation_prompt"),
        };
        foreach (var property in input.GetProperty("kwargs").EnumerateObject())
        {
            variables[property.Name] = property.Value;
        }

        var messages = input.GetProperty("messages");
        if (!input.GetProperty("continue_final_message").GetBoolean())
        {
            variables["messages"] = messages;
            return template.Render(variables);
        }

        variables["messages"] = FinalMessage.WithTag(messages, Sentinel, out var final);
        return FinalMessage.Cut(template.Render(variables), Sentinel, final);
    }

    /// <summary>What is wrong, or null. Errors other than the template's own count by their presence alone.</summary>
    private static string? Compare(Func<string> render, JsonElement expected)
    {
        string actual;
        try
        {
            actual = render();
        }
        catch (Exception exception) when (exception is TemplateException or InvalidOperationException { Source: nameof(FinalMessage) })
        {
            if (!expected.TryGetProperty("error", out var error))
            {
                return $"failed: {exception.Message}";
            }

            var isRaised = expected.GetProperty("error_type").GetString() == "raise_exception";
            return isRaised && (exception is not TemplateRaisedException || exception.Message != error.GetString())
                ? $"expected the error {error}, got {exception.Message}"
                : null;
        }

        return expected.TryGetProperty("text", out var text)
            ? actual == text.GetString() ? null : $"expected {text.GetRawText()}, got {JsonSerializer.Serialize(actual)}"
            : $"expected an error, got {JsonSerializer.Serialize(actual)}";
    }
}
