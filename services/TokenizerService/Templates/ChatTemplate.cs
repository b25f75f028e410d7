using Atropos.Jinja;
using Atropos.Tokenizer.V1;
using Atropos.Tokenizers;
using OpenAI.V1;

namespace Atropos.TokenizerService.Templates;

/// <summary>A chat template bound to the tokenizer whose special tokens it prints. Safe to use from many threads.</summary>
internal sealed class ChatTemplate
{
    private static readonly TemplateLimits Limits = new();

    private readonly Template _template;
    private readonly TokenizerSettings _settings;
    private readonly bool _takesParts;

    public ChatTemplate(string source, TokenizerSettings settings)
    {
        try
        {
            _template = Template.Parse(source);
        }
        catch (TemplateSyntaxException error)
        {
            throw TokenizerErrors.Invalid("chat_template", $"is not a template: {error.Message}");
        }

        _settings = settings;
        _takesParts = ContentFormat.TakesParts(source);
    }

    /// <summary>Renders messages with the tools and values of a request.</summary>
    /// <exception cref="Hosting.Errors.AtroposException">The template raised an error; the message holds its words.</exception>
    public string Render(IReadOnlyList<ChatMessage> messages, RenderChatRequest request, bool addGenerationPrompt)
    {
        var variables = new Dictionary<string, object?>(16, StringComparer.Ordinal)
        {
            ["bos_token"] = _settings.BosToken ?? "",
            ["eos_token"] = _settings.EosToken ?? "",
            ["pad_token"] = _settings.PadToken ?? "",
        };
        if (request.ChatTemplateKwargs is { } kwargs)
        {
            var given = TemplateValues.Struct(kwargs);
            foreach (var name in kwargs.Fields.Keys)
            {
                given.TryGet(name, out var value);
                variables[name] = value;
            }
        }

        variables["messages"] = TemplateValues.Messages(messages, _takesParts);
        variables["tools"] = request.Tools.Count > 0 ? TemplateValues.Tools(request.Tools) : null;
        variables["documents"] = request.Documents.Count > 0
            ? new JinjaList(request.Documents.Select(object? (document) => TemplateValues.Struct(document)).ToArray())
            : null;
        variables["add_generation_prompt"] = JinjaValue.From(addGenerationPrompt);
        try
        {
            return _template.Render(variables, Limits);
        }
        catch (TemplateException error)
        {
            throw TokenizerErrors.Template(error.Message);
        }
    }
}
