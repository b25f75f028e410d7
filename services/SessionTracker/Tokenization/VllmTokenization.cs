using Atropos.Sessions.V1;
using Atropos.SessionTracker.Errors;
using Atropos.SessionTracker.Requests;
using Atropos.Tokenizer.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>vLLM's <c>/tokenize</c>, <c>/detokenize</c> and <c>/tokenizer_info</c>.</summary>
internal sealed class VllmTokenization(ModelTokenizers tokenizers)
{
    /// <summary>Encodes a text or a conversation.</summary>
    public async Task<TokenizeResponse> TokenizeAsync(TokenizeRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        var ids = request.HasPrompt
            ? await tokenizer.EncodeAsync(request.Prompt, request is not { HasAddSpecialTokens: true, AddSpecialTokens: false }, cancellationToken)
            : await RenderAsync(tokenizer, request, cancellationToken);
        var response = new TokenizeResponse { Count = ids.Count, MaxModelLen = tokenizer.MaxModelLength, Tokens = { ids } };
        if (request.ReturnTokenStrs)
        {
            response.TokenStrs = new StringList { Values = { await tokenizer.GetTokensAsync(ids, cancellationToken) } };
        }

        return response;
    }

    /// <summary>Decodes ids.</summary>
    public async Task<DetokenizeResponse> DetokenizeAsync(DetokenizeRequest request, CancellationToken cancellationToken)
    {
        var ids = RequiredFields.Ids(request.Tokens, "tokens");
        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        tokenizer.CheckIds(ids, "tokens");
        return new DetokenizeResponse { Prompt = await tokenizer.DecodeAsync(ids, cancellationToken) };
    }

    /// <summary>Gives the configuration.</summary>
    public async Task<GetTokenizerInfoResponse> GetInfoAsync(GetTokenizerInfoRequest request, CancellationToken cancellationToken)
    {
        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        var config = await tokenizer.GetConfigAsync(cancellationToken);
        return new GetTokenizerInfoResponse
        {
            Config = TokenizerInfoJson.Write(config.ConfigJson, config.HasChatTemplate ? config.ChatTemplate : null),
        };
    }

    private static async Task<IReadOnlyList<int>> RenderAsync(
        ModelTokenizer tokenizer, TokenizeRequest request, CancellationToken cancellationToken)
    {
        var render = new RenderChatRequest
        {
            Messages = { request.Messages },
            Tools = { request.Tools },
            ContinueFinalMessage = request.ContinueFinalMessage,
            AddGenerationPrompt = request.HasAddGenerationPrompt ? request.AddGenerationPrompt : !request.ContinueFinalMessage,
        };
        if (request.HasChatTemplate)
        {
            render.ChatTemplate = request.ChatTemplate;
        }

        if (request.HasChatTemplateKwargs)
        {
            render.ChatTemplateKwargs = request.ChatTemplateKwargs;
        }

        var rendered = await tokenizer.RenderChatAsync(render, cancellationToken);
        return request.AddSpecialTokens
            ? await tokenizer.EncodeAsync(rendered.Text, addSpecialTokens: true, cancellationToken)
            : rendered.TokenIds;
    }

    private static void Check(TokenizeRequest request)
    {
        if (request.HasPrompt)
        {
            if (request.Messages.Count > 0)
            {
                throw TrackerErrors.Invalid("prompt", "and `messages` are both given; send one of them.");
            }

            CheckNothingOfMessages(request);
            return;
        }

        if (request.Messages.Count == 0)
        {
            throw TrackerErrors.Invalid("prompt", "is missing; give a text there, or a conversation in `messages`.");
        }

        MessageValidator.Check(request.Messages);
        ToolValidator.Check(request.Tools, choice: null);
        ContinuedMessage.Check(
            request.Messages, request.ContinueFinalMessage, request is { HasAddGenerationPrompt: true, AddGenerationPrompt: true });
    }

    private static void CheckNothingOfMessages(TokenizeRequest request)
    {
        var field = request switch
        {
            { HasAddGenerationPrompt: true } => "add_generation_prompt",
            { HasContinueFinalMessage: true } => "continue_final_message",
            { HasChatTemplate: true } => "chat_template",
            { HasChatTemplateKwargs: true } => "chat_template_kwargs",
            { Tools.Count: > 0 } => "tools",
            _ => null,
        };
        if (field is not null)
        {
            throw TrackerErrors.Invalid(field, "is given with `prompt`, where no template is used; leave it out or send `messages`.");
        }
    }
}
