using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>A model's chat template, set up as transformers' <c>apply_chat_template</c> does. Safe to use from many threads.</summary>
public sealed class ChatTemplate
{
    private static readonly TemplateLimits DefaultLimits = new();

    /// <summary>What <c>apply_chat_template</c> takes itself and hence no template argument can be called.</summary>
    private static readonly string[] Reserved =
        ["messages", "tools", "documents", "add_generation_prompt", "continue_final_message", "chat_template", "tokenize"];

    private readonly Template _template;
    private readonly IReadOnlyDictionary<string, object?> _specialTokens;
    private readonly Lazy<TemplateTraits> _traits;

    private ChatTemplate(string source, Template template, IReadOnlyDictionary<string, object?> specialTokens, SteadyClock clock)
    {
        Clock = clock;
        Source = source;
        _template = template;
        _specialTokens = specialTokens;
        _traits = new Lazy<TemplateTraits>(() => TemplateTraits.Of(this));
    }

    /// <summary>The template's text.</summary>
    public string Source { get; }

    /// <summary>In what form it expects messages.</summary>
    public TemplateTraits Traits => _traits.Value;

    /// <summary>The clock that the template reads.</summary>
    internal SteadyClock Clock { get; }

    internal IReadOnlyList<TemplateBinding> Bindings => _template.Bindings;

    /// <summary>Compiles a template.</summary>
    /// <param name="source">The template's text.</param>
    /// <param name="specialTokens">Texts of the tokenizer's special tokens by their names in templates, such as <c>bos_token</c>;
    /// those that the tokenizer does not have are undefined to the template. Null for none.</param>
    /// <param name="additionalSpecialTokens">What the template has as <c>additional_special_tokens</c>; null or empty where that is
    /// undefined.</param>
    /// <param name="timeProvider">The clock that the template reads; null for the system's.</param>
    /// <exception cref="TemplateSyntaxException">The text is not a template.</exception>
    public static ChatTemplate Parse(
        string source,
        IReadOnlyDictionary<string, string>? specialTokens = null,
        IReadOnlyList<string>? additionalSpecialTokens = null,
        TimeProvider? timeProvider = null)
    {
        var tokens = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (additionalSpecialTokens is { Count: > 0 })
        {
            tokens["additional_special_tokens"] = JinjaValue.From(additionalSpecialTokens);
        }

        foreach (var (name, token) in specialTokens ?? new Dictionary<string, string>())
        {
            tokens[name] = token;
        }

        var clock = new SteadyClock(timeProvider ?? TimeProvider.System);
        return new ChatTemplate(source, Template.Parse(source, new TemplateOptions { TimeProvider = clock }), tokens, clock);
    }

    /// <summary>Renders a conversation.</summary>
    /// <exception cref="TemplateException">The template raised an error, failed, or went past a limit.</exception>
    /// <exception cref="FinalMessageException">The last message was to be left open and cannot be.</exception>
    /// <exception cref="MessageContentException">A message has content that the template cannot take.</exception>
    /// <exception cref="TemplateArgumentException">A template argument has a name that it cannot have.</exception>
    public string Render(TemplateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return RenderShaped(MessageShaper.Shape(input.Messages, Traits), input);
    }

    /// <summary>Renders messages that are in the template's own form already, all that the input asks for included.</summary>
    internal string RenderShaped(IReadOnlyList<JinjaDict> messages, TemplateInput input) => input.ContinueFinalMessage
        ? FinalMessage.RenderOpen(this, messages, input)
        : RenderShaped(messages, input, input.AddGenerationPrompt);

    /// <summary>Renders messages that are in the template's own form already, the last one closed.</summary>
    internal string RenderShaped(
        IReadOnlyList<JinjaDict> messages, TemplateInput input, bool addGenerationPrompt, TemplateLimits? limits = null)
    {
        var variables = new Dictionary<string, object?>(_specialTokens, StringComparer.Ordinal);
        if (input.Arguments is { } arguments)
        {
            foreach (var (key, value) in arguments.Entries())
            {
                var name = (string)key!;
                variables[name] = Reserved.Contains(name) ? throw new TemplateArgumentException(name) : value;
            }
        }

        variables["messages"] = new JinjaList([.. messages]);
        variables["tools"] = input.Tools;
        variables["documents"] = input.Documents;
        variables["add_generation_prompt"] = JinjaValue.From(addGenerationPrompt);
        return _template.Render(variables, limits ?? DefaultLimits);
    }
}
