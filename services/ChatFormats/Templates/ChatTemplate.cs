using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>A model's chat template, set up as transformers' <c>apply_chat_template</c> does. Safe to use from many threads.</summary>
public sealed class ChatTemplate
{
    private static readonly TemplateLimits Limits = new();

    private readonly Template _template;
    private readonly IReadOnlyDictionary<string, string> _specialTokens;
    private readonly Lazy<TemplateTraits> _traits;

    private ChatTemplate(string source, Template template, IReadOnlyDictionary<string, string> specialTokens)
    {
        Source = source;
        _template = template;
        _specialTokens = specialTokens;
        _traits = new Lazy<TemplateTraits>(() => TemplateTraits.Of(this));
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <summary>In what form it expects messages.</summary>
    public TemplateTraits Traits => _traits.Value;

    /// <summary>Compiles a template.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="specialTokens">Texts of the tokenizer's special tokens by their names in templates, such as <c>bos_token</c>;
    /// those that the tokenizer does not have are undefined to the template. Null for none.</param>
    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    public static ChatTemplate Parse(string source, IReadOnlyDictionary<string, string>? specialTokens = null) =>
        new(source, Template.Parse(source), specialTokens ?? new Dictionary<string, string>());

    /// <summary>Renders a conversation.</summary>
    /// <exception cref="TemplateException">The template raised an error, failed, or went past a limit.</exception>
    /// <exception cref="FinalMessageException">The last message was to be left open and cannot be.</exception>
    public string Render(TemplateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var messages = MessageShaper.Shape(input.Messages, Traits);
        return input.ContinueFinalMessage
            ? FinalMessage.RenderOpen(this, messages, input)
            : RenderShaped(messages, input, input.AddGenerationPrompt);
    }

    /// <summary>Renders messages that are in the template's own form already.</summary>
    internal string RenderShaped(IReadOnlyList<JinjaDict> messages, TemplateInput input, bool addGenerationPrompt)
    {
        var variables = new Dictionary<string, object?>(16, StringComparer.Ordinal);
        foreach (var (name, token) in _specialTokens)
        {
            variables[name] = token;
        }

        if (input.Arguments is { } arguments)
        {
            foreach (var (name, value) in arguments.Entries())
            {
                variables[(string)name!] = value;
            }
        }

        variables["messages"] = new JinjaList([.. messages]);
        variables["tools"] = input.Tools;
        variables["documents"] = input.Documents;
        variables["add_generation_prompt"] = JinjaValue.From(addGenerationPrompt);
        return _template.Render(variables, Limits);
    }
}
