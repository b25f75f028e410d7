using System.Text;
using System.Text.Json;
using Atropos.Tokenizer.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>
/// Renders ChatML. Drops thinking from earlier turns, as many templates do; says that a continuation cannot be proven where the
/// template argument `refuse_continuation` is set; opens thinking where `think` is.
/// </summary>
internal static class ChatMlTemplate
{
    public static RenderChatResponse Render(RenderChatRequest request)
    {
        var generation = request.HasAddGenerationPrompt ? request.AddGenerationPrompt : !request.ContinueFinalMessage;
        var opening = generation ? "<|im_start|>assistant\n" + (Flag(request, "think") ? "<think>" : "") : "";
        if (request.Continuation is { } continuation && !Flag(request, "refuse_continuation"))
        {
            var closed = continuation.LastTokenIds is [.., ByteVocabulary.TurnEnd];
            var text = (closed ? "" : "<|im_end|>") + "\n"
                + string.Concat(request.Messages.Skip(continuation.MatchedMessages).Select(message => Message(message, keepThinking: false)))
                + opening;
            return Answer(text, request, true, "");
        }

        var whole = new StringBuilder();
        if (request.Tools.Count > 0)
        {
            whole.Append("<|im_start|>tools\n");
            foreach (var tool in request.Tools)
            {
                whole.Append(tool.Function.Name).Append(tool.Function.Parameters).Append('\n');
            }

            whole.Append("<|im_end|>\n");
        }

        for (var i = 0; i < request.Messages.Count; i++)
        {
            var open = request.ContinueFinalMessage && i == request.Messages.Count - 1;
            var text = Message(request.Messages[i], open);
            whole.Append(open ? text[..^"<|im_end|>\n".Length] : text);
        }

        return Answer(
            whole.Append(opening).ToString(), request, false, request.Continuation is null ? "" : "the template argument refuse_continuation is set");
    }

    private static string Message(ChatMessage message, bool keepThinking)
    {
        var content = message.Content?.KindCase == MessageContent.KindOneofCase.Parts
            ? string.Concat(message.Content.Parts.Parts.Select(part => part.Text))
            : message.Content?.Text ?? "";
        var end = content.IndexOf("</think>", StringComparison.Ordinal);
        if (message.Role == "assistant" && end >= 0 && !keepThinking)
        {
            content = content[(end + "</think>".Length)..];
        }

        var calls = string.Concat(message.ToolCalls.Select(call =>
            $"<tool_call>{{\"name\": \"{call.Function.Name}\", \"arguments\": {call.Function.Arguments}}}</tool_call>"));
        return $"<|im_start|>{message.Role}\n{content}{calls}<|im_end|>\n";
    }

    private static RenderChatResponse Answer(string text, RenderChatRequest request, bool isContinuation, string refusal) => new()
    {
        Text = text,
        TokenIds = { ByteVocabulary.Encode(text) },
        IsContinuation = isContinuation,
        ContinuationRefusal = refusal,
        StartsInReasoning = Flag(request, "think"),
    };

    private static bool Flag(RenderChatRequest request, string name) =>
        request.HasChatTemplateKwargs
        && JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(request.ChatTemplateKwargs)!.TryGetValue(name, out var value)
        && value.GetBoolean();
}
