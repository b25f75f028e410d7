using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.Tokenizer.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using OpenAI.V1;

namespace Atropos.TokenizerService.Templates;

/// <summary>
/// Turns messages and tools into template values in OpenAI's form, absent members absent.
/// </summary>
internal static class TemplateValues
{
    /// <summary>What a request gives its template.</summary>
    public static TemplateInput Input(RenderChatRequest request) => new()
    {
        Messages = Messages(request),
        Tools = Tools(request),
        Documents = request.HasDocuments ? new JinjaList(TemplateJson.Objects(request.Documents, "documents")) : null,
        Arguments = request.HasChatTemplateKwargs ? TemplateJson.Object(request.ChatTemplateKwargs, "chat_template_kwargs") : null,
        AddGenerationPrompt = request is not { HasAddGenerationPrompt: true, AddGenerationPrompt: false },
        ContinueFinalMessage = request.ContinueFinalMessage,
    };

    private static JinjaDict[] Messages(RenderChatRequest request)
    {
        if (!request.HasMessagesJson)
        {
            return Messages(request.Messages);
        }

        return request.Messages.Count == 0
            ? TemplateJson.Messages(request.MessagesJson, ChatRenderer.Messages)
            : throw TokenizerErrors.Invalid("messages_json", "and messages are both given: send one of them.");
    }

    private static JinjaList? Tools(RenderChatRequest request)
    {
        if (!request.HasToolsJson)
        {
            return request.Tools.Count > 0 ? Tools(request.Tools) : null;
        }

        return request.Tools.Count == 0
            ? new JinjaList(TemplateJson.Objects(request.ToolsJson, "tools"))
            : throw TokenizerErrors.Invalid("tools_json", "and tools are both given: send one of them.");
    }

    private static JinjaDict[] Messages(RepeatedField<ChatMessage> messages)
    {
        var items = new JinjaDict[messages.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Message(messages[i]);
        }

        return items;
    }

    private static JinjaList Tools(RepeatedField<Tool> tools)
    {
        var items = new object?[tools.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ToolValue(tools[i]);
        }

        return new JinjaList(items);
    }

    private static JinjaDict Struct(Struct value)
    {
        var dict = new JinjaDict(value.Fields.Count);
        AddMembers(dict, value);
        return dict;
    }

    private static JinjaDict Message(ChatMessage message)
    {
        var dict = new JinjaDict(4);
        dict.Set("role", message.Role);
        dict.Set("content", Content(message.Content));
        SetText(dict, "name", message.HasName, message.Name);
        SetText(dict, "tool_call_id", message.HasToolCallId, message.ToolCallId);
        SetText(dict, "reasoning_content", message.HasReasoningContent, message.ReasoningContent);
        SetText(dict, "reasoning", message.HasReasoning, message.Reasoning);
        SetText(dict, "refusal", message.HasRefusal, message.Refusal);
        if (message.ToolCalls.Count > 0)
        {
            var calls = new object?[message.ToolCalls.Count];
            for (var i = 0; i < calls.Length; i++)
            {
                calls[i] = Call(message.ToolCalls[i]);
            }

            dict.Set("tool_calls", new JinjaList(calls));
        }

        AddMembers(dict, message.Extra);
        return dict;
    }

    private static object? Content(MessageContent? content) => content?.KindCase switch
    {
        MessageContent.KindOneofCase.Text => content.Text,
        MessageContent.KindOneofCase.Parts => new JinjaList(content.Parts.Parts.Select(object? (part) => Part(part)).ToArray()),
        _ => null,
    };

    private static JinjaDict Part(ContentPart part)
    {
        var dict = new JinjaDict(2);
        dict.Set("type", part.Type);
        SetText(dict, "text", part.HasText, part.Text);
        SetText(dict, "refusal", part.HasRefusal, part.Refusal);
        if (part.ImageUrl is { } image)
        {
            var value = new JinjaDict(2);
            value.Set("url", image.Url);
            SetText(value, "detail", image.HasDetail, image.Detail);
            dict.Set("image_url", value);
        }

        if (part.InputAudio is { } audio)
        {
            var value = new JinjaDict(2);
            value.Set("data", audio.Data);
            value.Set("format", audio.Format);
            dict.Set("input_audio", value);
        }

        AddMembers(dict, part.Extra);
        return dict;
    }

    private static JinjaDict Call(ToolCall call)
    {
        var dict = new JinjaDict(4);
        SetText(dict, "id", call.HasId, call.Id);
        dict.Set("type", call.HasType ? call.Type : "function");
        var function = new JinjaDict(2);
        if (call.Function is { } named)
        {
            function.Set("name", named.Name);
            function.Set("arguments", named.HasArguments ? named.Arguments : "");
        }

        dict.Set("function", function);
        AddMembers(dict, call.Extra);
        return dict;
    }

    private static JinjaDict ToolValue(Tool tool)
    {
        var dict = new JinjaDict(2);
        dict.Set("type", tool.Type.Length > 0 ? tool.Type : "function");
        if (tool.Function is { } function)
        {
            var value = new JinjaDict(4);
            value.Set("name", function.Name);
            SetText(value, "description", function.HasDescription, function.Description);
            if (function.HasParameters)
            {
                value.Set("parameters", TemplateJson.Value(function.Parameters, $"tools.{function.Name}.function.parameters"));
            }

            if (function.HasStrict)
            {
                value.Set("strict", JinjaValue.From(function.Strict));
            }

            AddMembers(value, function.Extra);
            dict.Set("function", value);
        }

        AddMembers(dict, tool.Extra);
        return dict;
    }

    private static void SetText(JinjaDict dict, string name, bool present, string value)
    {
        if (present)
        {
            dict.Set(name, value);
        }
    }

    private static void AddMembers(JinjaDict dict, Struct? members)
    {
        if (members is null)
        {
            return;
        }

        foreach (var (name, value) in members.Fields)
        {
            dict.Set(name, Convert(value));
        }
    }

    private static object? Convert(Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.StringValue:
                return value.StringValue;
            case Value.KindOneofCase.BoolValue:
                return JinjaValue.From(value.BoolValue);
            case Value.KindOneofCase.NumberValue:
                // A Struct has one kind of number; whole ones were integers in practice, and print as such.
                var number = value.NumberValue;
                return number == Math.Floor(number) && Math.Abs(number) < 1L << 53 ? JinjaValue.From((long)number) : number;
            case Value.KindOneofCase.StructValue:
                return Struct(value.StructValue);
            case Value.KindOneofCase.ListValue:
                return new JinjaList(value.ListValue.Values.Select(Convert).ToArray());
            default:
                return null;
        }
    }
}
