using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Renders small conversations to see what a template makes of them.</summary>
internal sealed class TemplateProbe(ChatTemplate template)
{
    /// <summary>A small conversation takes a thousandth of this; a template that takes more is up to no good.</summary>
    private static readonly TemplateLimits Limits = new() { MaxSteps = 200_000, MaxOutputLength = 1 << 20 };

    private static readonly JinjaList Tools = new(TemplateDict.Of(
        ("type", "function"),
        ("function", TemplateDict.Of(
            ("name", "atropos_probe_tool"),
            ("description", "A tool."),
            ("parameters", TemplateDict.Of(
                ("type", "object"), ("properties", new JinjaDict()), ("required", new JinjaList())))))));

    private bool _isHostile;

    /// <summary>Renders; null where the template refuses or fails.</summary>
    /// <param name="messages">The conversation, in the form that the template is to get.</param>
    /// <param name="withTools">Whether a tool is offered.</param>
    public string? Render(JinjaDict[] messages, bool withTools)
    {
        if (_isHostile)
        {
            return null;
        }

        try
        {
            var input = new TemplateInput { Messages = messages, Tools = withTools ? Tools : null };
            return template.RenderShaped(messages, input, addGenerationPrompt: !messages[^1].HasRole("assistant"), Limits);
        }
        catch (TemplateLimitException)
        {
            _isHostile = true;
            return null;
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    /// <summary>Whether a rendering has all of these words.</summary>
    public static bool Shows(string? rendered, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (rendered is null || !rendered.Contains(word, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
