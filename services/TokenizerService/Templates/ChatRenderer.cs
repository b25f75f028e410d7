using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using OpenAI.V1;

namespace Atropos.TokenizerService.Templates;

/// <summary>Carries out <see cref="RenderChatRequest"/>: the whole prompt, or what continues a node.</summary>
internal static class ChatRenderer
{
    /// <summary>The request's field that a rendered text is from.</summary>
    public const string Messages = "messages";

    /// <summary>Renders and encodes.</summary>
    public static RenderChatResponse Render(LoadedTokenizer loaded, RenderChatRequest request)
    {
        var template = loaded.ChatTemplate(request.HasChatTemplate ? request.ChatTemplate : null);
        Check(request);
        string? refusal = null;
        if (request.Continuation is { } continuation)
        {
            var suffix = new ContinuationRenderer(loaded, template, request, continuation).TryRender(out refusal);
            if (suffix is { } found)
            {
                return Answer(loaded, found.Text, found.TokenIds, isContinuation: true, refusal: null);
            }
        }

        var text = WholePrompt(template, request);
        return Answer(loaded, text, loaded.Encode(text, Messages), isContinuation: false, refusal);
    }

    private static RenderChatResponse Answer(LoadedTokenizer loaded, string text, int[] ids, bool isContinuation, string? refusal)
    {
        var response = new RenderChatResponse
        {
            Text = text,
            IsContinuation = isContinuation,
            ContinuationRefusal = refusal ?? "",
            StartsInReasoning = text.AsSpan().TrimEnd().EndsWith("<think>", StringComparison.Ordinal),
            TokenizerFingerprint = loaded.Fingerprint,
        };
        response.TokenIds.AddRange(ids);
        return response;
    }

    private static void Check(RenderChatRequest request)
    {
        if (request.Messages.Count == 0)
        {
            throw TokenizerErrors.Invalid(Messages, "is empty: send at least one message.");
        }

        if (request.ContinueFinalMessage && request is { HasAddGenerationPrompt: true, AddGenerationPrompt: true })
        {
            throw TokenizerErrors.Invalid("continue_final_message", "cannot be set together with add_generation_prompt.");
        }

        if (request.Continuation is { } continuation
            && (continuation.MatchedMessages < 1 || continuation.MatchedMessages > request.Messages.Count))
        {
            throw TokenizerErrors.Invalid(
                "continuation.matched_messages", $"is {continuation.MatchedMessages}: it must be from 1 to the number of messages.");
        }
    }

    private static string WholePrompt(ChatTemplate template, RenderChatRequest request)
    {
        if (!request.ContinueFinalMessage)
        {
            return template.Render(request.Messages, request, request is not { HasAddGenerationPrompt: true, AddGenerationPrompt: false });
        }

        // The last message is left open: what the template puts after its text is cut off, as transformers does it.
        var messages = request.Messages.ToList();
        var last = messages[^1].Clone();
        if (last.Content is not { KindCase: MessageContent.KindOneofCase.Text })
        {
            throw TokenizerErrors.Invalid($"messages[{messages.Count - 1}].content", "must be a string to be continued.");
        }

        var sentinel = Sentinel.For(messages);
        last.Content = new MessageContent { Text = last.Content.Text + sentinel };
        messages[^1] = last;
        var text = template.Render(messages, request, addGenerationPrompt: false);
        var end = text.LastIndexOf(sentinel, StringComparison.Ordinal);
        return end >= 0
            ? text[..end]
            : throw TokenizerErrors.Invalid("continue_final_message", "cannot be done with this chat template: it drops the last message.");
    }
}
