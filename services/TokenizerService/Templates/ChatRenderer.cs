using Atropos.ChatFormats.Continuations;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using Continuation = Atropos.ChatFormats.Continuations.Continuation;

namespace Atropos.TokenizerService.Templates;

/// <summary>Carries out <see cref="RenderChatRequest"/>: the whole prompt, or what continues a node.</summary>
internal static class ChatRenderer
{
    /// <summary>The request's field that a rendered text is from.</summary>
    public const string Messages = "messages";

    /// <summary>Renders and encodes.</summary>
    public static RenderChatResponse Render(LoadedTokenizer loaded, RenderChatRequest request)
    {
        var template = loaded.ChatTemplate(request.HasChatTemplate ? request.ChatTemplate : null, request.Tools.Count > 0);
        Check(request);
        var input = TemplateValues.Input(request);
        try
        {
            string? refusal = null;
            if (request.Continuation is { } continues
                && Continuation.Find(template, loaded.Tokenizer, input, continues.MatchedMessages, continues.LastTokenIds, keepHistory: false, out refusal) is { } found)
            {
                return Answer(loaded, found.Text, found.TokenIds, isContinuation: true, refusal: null);
            }

            var text = template.Render(input);
            return Answer(loaded, text, loaded.Encode(text, Messages), isContinuation: false, refusal);
        }
        catch (TemplateException error)
        {
            throw TokenizerErrors.Template(error.Message);
        }
        catch (FinalMessageException error)
        {
            throw TokenizerErrors.Invalid("continue_final_message", error.Message);
        }
        catch (MessageContentException error)
        {
            throw TokenizerErrors.Invalid(error.Field, error.Message);
        }
        catch (TemplateArgumentException error)
        {
            throw TokenizerErrors.Invalid($"chat_template_kwargs.{error.Name}", error.Message);
        }
        catch (InvalidOperationException error)
        {
            throw TokenizerErrors.NotEncodable(Messages, error);
        }
    }

    private static RenderChatResponse Answer(LoadedTokenizer loaded, string text, IReadOnlyList<int> ids, bool isContinuation, string? refusal)
    {
        var response = new RenderChatResponse
        {
            Text = text,
            IsContinuation = isContinuation,
            ContinuationRefusal = refusal ?? "",
            StartsInReasoning = ThinkingTags.OpensAtEndOf(text),
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
}
