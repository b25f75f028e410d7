using Atropos.Sessions.V1;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Errors;
using Atropos.Tokenizer.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>
/// Renders conversations apart from turns. Messages are the template's business: nothing is refused here that a template may take.
/// </summary>
internal sealed class ChatRendering(ModelTokenizers tokenizers, TokenizerChannel channel)
{
    /// <summary>Renders a conversation.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT for a field that cannot be used and for what the template raises, NOT_FOUND for a
    /// model that there is not, FAILED_PRECONDITION for one without a template.</exception>
    public async Task<RenderResponse> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        var render = Map(request);
        if (request is { Model: "", HasChatTemplate: true })
        {
            render.TemplateOnly = true;
            var text = (await channel.RenderChatAsync(render, cancellationToken)).Text;
            return new RenderResponse { PromptText = text };
        }

        var tokenizer = await tokenizers.ResolveAsync(request.Model, cancellationToken);
        var rendered = await tokenizer.RenderChatAsync(render, cancellationToken);
        return new RenderResponse
        {
            PromptText = rendered.Text,
            TokenIds = new TokenIds { Ids = { rendered.TokenIds } },
            NumTokens = rendered.TokenIds.Count,
        };
    }

    private static RenderChatRequest Map(RenderRequest request)
    {
        var render = new RenderChatRequest
        {
            MessagesJson = request.HasMessages
                ? request.Messages
                : throw TrackerErrors.Invalid("messages", "is missing; give a list of at least one message."),
            ContinueFinalMessage = request.ContinueFinalMessage,
            AddGenerationPrompt = request.HasAddGenerationPrompt ? request.AddGenerationPrompt : !request.ContinueFinalMessage,
        };
        if (request.HasTools)
        {
            render.ToolsJson = request.Tools;
        }

        if (request.HasDocuments)
        {
            render.Documents = request.Documents;
        }

        if (request.HasChatTemplate)
        {
            render.ChatTemplate = request.ChatTemplate;
        }

        if (request.HasChatTemplateKwargs)
        {
            render.ChatTemplateKwargs = request.ChatTemplateKwargs;
        }

        return render;
    }
}
