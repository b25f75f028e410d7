using System.Text.Json;
using Atropos.Jinja;
using Atropos.ReferenceModel;

namespace Atropos.ReferenceEngine;

/// <summary>Messages to prompts, with the model's chat template.</summary>
internal sealed class ChatPrompts(EngineTokenizer tokenizer)
{
    private readonly Template _template = Template.Parse(ReferenceModelAssets.ChatTemplate);

    /// <summary>Reads <c>messages</c> and what goes with them from a request, renders them and encodes the text.</summary>
    /// <exception cref="EngineRequestException">The messages are missing, or the template refuses them.</exception>
    public int[] Encode(JsonElement body)
    {
        var fields = new JsonFields(body);
        if (!fields.TryGet("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            throw EngineRequestException.Bad("messages must be a list with at least one message.", "messages");
        }

        var continues = fields.Flag("continue_final_message");
        var addsGenerationPrompt = fields.Flag("add_generation_prompt", !continues);
        if (continues && addsGenerationPrompt)
        {
            throw EngineRequestException.Bad(
                "Cannot set both `continue_final_message` and `add_generation_prompt` to True.", "continue_final_message");
        }

        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (fields.TryGet("chat_template_kwargs", out var arguments) && arguments.ValueKind == JsonValueKind.Object)
        {
            foreach (var argument in arguments.EnumerateObject())
            {
                variables[argument.Name] = argument.Value;
            }
        }

        variables["messages"] = messages;
        variables["add_generation_prompt"] = addsGenerationPrompt;
        variables["tools"] = fields.TryGet("tools", out var tools) && tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() > 0
            ? tools
            : null;
        try
        {
            var text = _template.Render(variables);
            return tokenizer.Encode(continues ? CutAfterFinalMessage(text, messages) : text);
        }
        catch (TemplateException exception)
        {
            throw EngineRequestException.Bad($"The chat template refuses the messages: {exception.Message}", "messages");
        }
    }

    private static string CutAfterFinalMessage(string text, JsonElement messages)
    {
        var content = new JsonFields(messages[messages.GetArrayLength() - 1]).Text("content")?.Trim() ?? "";
        var at = text.LastIndexOf(content, StringComparison.Ordinal);
        return at < 0 ? text : text[..(at + content.Length)];
    }
}
