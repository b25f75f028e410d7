using System.Globalization;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Templates;

/// <summary>Puts messages in OpenAI's form into the form that a template expects, as vLLM does. Messages that need no change are
/// passed on as they are.</summary>
internal static class MessageShaper
{
    private const string Reasoning = "reasoning";
    private const string ReasoningContent = "reasoning_content";

    /// <exception cref="MessageContentException">A message has content that the template cannot take.</exception>
    public static JinjaDict[] Shape(IReadOnlyList<JinjaDict> messages, TemplateTraits traits)
    {
        var shaped = new JinjaDict[messages.Count];
        for (var i = 0; i < shaped.Length; i++)
        {
            try
            {
                shaped[i] = Shape(messages[i], traits);
            }
            catch (MessageContentException error)
            {
                throw new MessageContentException(string.Create(CultureInfo.InvariantCulture, $"messages[{i}].{error.Field}"), error.Message);
            }
        }

        return shaped;
    }

    private static JinjaDict Shape(JinjaDict message, TemplateTraits traits) =>
        WithBothReasonings(CallShaper.Shape(ContentShaper.Shape(message, traits), traits));

    /// <summary>Clients and templates have two names for an assistant's thoughts: a template gets both, and reads the one it knows.</summary>
    private static JinjaDict WithBothReasonings(JinjaDict message)
    {
        if (!message.HasRole("assistant"))
        {
            return message;
        }

        message.TryGet(Reasoning, out var reasoning);
        message.TryGet(ReasoningContent, out var content);
        return (reasoning, content) switch
        {
            (string text, null) => message.With(ReasoningContent, text),
            (null, string text) => message.With(Reasoning, text),
            _ => message,
        };
    }
}
