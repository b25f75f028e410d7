using System.Text.Json;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Tests.Templates;

public sealed class TemplateConformance
{
    /// <summary>Templates that cannot be compiled.</summary>
    private const string NotATemplate = "vllm-pygchat";

    [Fact]
    public void Messages_in_the_templates_own_form_render_as_recorded()
    {
        var failures = new List<string>();
        var templates = new Dictionary<string, ChatTemplate>();
        var cases = 0;
        foreach (var item in RecordedTemplates.Cases.Where(item => item.GetProperty("template").GetString() != NotATemplate))
        {
            cases++;
            if (Compare(() => Render(item, templates), item.GetProperty("expect")) is { } problem)
            {
                failures.Add($"{item.GetProperty("template")} {item.GetProperty("conversation")} => {problem}");
            }
        }

        Assert.True(cases > 25_000, $"only {cases} cases");
        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    [Fact]
    public void Messages_that_are_in_the_templates_form_already_are_not_changed()
    {
        var failures = new List<string>();
        var templates = new Dictionary<string, ChatTemplate>();
        var cases = 0;
        foreach (var item in RecordedTemplates.Cases.Where(item => item.GetProperty("expect").TryGetProperty("text", out _)))
        {
            // Here the recording had no special tokens, and the template given reads thoughts by their other name.
            if (item.GetProperty("conversation").GetString() == "no-special" || item.GetProperty("template").GetString() == "vllm-minicpmv45")
            {
                continue;
            }

            var template = Load(item, templates);
            var input = RecordedTemplates.Input(item.GetProperty("input"));
            if (!input.Messages.All(message => IsInForm(message, template.Traits)))
            {
                continue;
            }

            cases++;
            var expected = item.GetProperty("expect").GetProperty("text").GetString();
            if (template.Render(input) is var actual && actual != expected)
            {
                failures.Add(
                    $"{item.GetProperty("template")} {item.GetProperty("conversation")} => "
                    + $"{JsonSerializer.Serialize(actual)} instead of {JsonSerializer.Serialize(expected)}");
            }
        }

        Assert.True(cases > 5_000, $"only {cases} cases");
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases} differ:\n{string.Join('\n', failures.Take(40))}");
    }

    [Fact]
    public void A_message_without_content_puts_nothing_of_Pythons_into_the_prompt()
    {
        var failures = new List<string>();
        var templates = new Dictionary<string, ChatTemplate>();
        var cases = 0;
        foreach (var item in RecordedTemplates.Cases.Where(item => item.GetProperty("template").GetString() != NotATemplate))
        {
            if (item.GetProperty("conversation").GetString() is not ("null-user" or "null-assistant" or "missing-content"))
            {
                continue;
            }

            var template = Load(item, templates);
            try
            {
                // The first of these tokens of MiniMax's ends as an empty list begins.
                var text = template.Render(RecordedTemplates.Input(item.GetProperty("input"))).Replace("]~!b[", "", StringComparison.Ordinal);
                cases++;
                if (text.Contains("None", StringComparison.Ordinal) || text.Contains("[]", StringComparison.Ordinal))
                {
                    failures.Add($"{item.GetProperty("template")} {item.GetProperty("conversation")} => {JsonSerializer.Serialize(text)}");
                }
            }
            catch (TemplateException)
            {
                // Some want an answer to say something, or the recorded special tokens do not suffice: that is theirs.
            }
        }

        Assert.True(cases > 800, $"only {cases} cases");
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases}:\n{string.Join('\n', failures.Take(40))}");
    }

    private static ChatTemplate Load(JsonElement item, Dictionary<string, ChatTemplate> templates)
    {
        var name = item.GetProperty("template").GetString()!;
        if (!templates.TryGetValue(name, out var template))
        {
            template = RecordedTemplates.Load(name, new Dictionary<string, string> { ["bos_token"] = "<s>", ["eos_token"] = "</s>" });
            templates.Add(name, template);
        }

        return template;
    }

    private static string Render(JsonElement item, Dictionary<string, ChatTemplate> templates)
    {
        var name = item.GetProperty("template").GetString()!;
        if (!templates.TryGetValue(name, out var template))
        {
            templates[name] = template = RecordedTemplates.Load(name);
        }

        var input = RecordedTemplates.Input(item.GetProperty("input"));
        return template.RenderShaped(input.Messages, input);
    }

    /// <summary>Whether a message's content and calls are what the traits say that the template takes, and unambiguous.</summary>
    private static bool IsInForm(JinjaDict message, TemplateTraits traits)
    {
        var role = message.TryGet("role", out var value) ? value as string : null;
        var asParts = traits.ContentAsParts && role is not null && !traits.StringRoles.Contains(role);
        if (!message.TryGet("content", out var content)
            || (asParts ? content is not JinjaList parts || !parts.All(IsText) : content is not string { Length: > 0 }))
        {
            return false;
        }

        // What OpenAI's clients call reasoning a template gets by both of its names.
        if (message.TryGet("reasoning", out _) && !message.TryGet("reasoning_content", out _))
        {
            return false;
        }

        return !message.TryGet("tool_calls", out var calls)
            || (calls is JinjaList { Count: > 0 } list && list.All(call => HasArgumentsInForm(call, traits)));
    }

    private static bool IsText(object? part) =>
        part is JinjaDict { Count: 2 } dict && dict.TryGet("type", out var type) && type is "text" && dict.TryGet("text", out var text) && text is string;

    private static bool HasArgumentsInForm(object? call, TemplateTraits traits) =>
        call is JinjaDict dict && dict.TryGet("function", out var value) && value is JinjaDict function
        && function.TryGet("arguments", out var arguments)
        && (traits.ArgumentsAsObject ? arguments is JinjaDict : arguments is string { Length: > 0 });

    /// <summary>What is wrong, or null. Errors other than the template's own count by their presence alone.</summary>
    private static string? Compare(Func<string> render, JsonElement expected)
    {
        string actual;
        try
        {
            actual = render();
        }
        catch (Exception exception) when (exception is TemplateException or FinalMessageException)
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

        return !expected.TryGetProperty("text", out var text) ? $"expected an error, got {JsonSerializer.Serialize(actual)}"
            : actual == text.GetString() ? null
            : $"expected {text.GetRawText()}, got {JsonSerializer.Serialize(actual)}";
    }
}
