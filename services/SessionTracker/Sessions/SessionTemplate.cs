using Atropos.Hosting.Errors;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Requests;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Sessions;

/// <summary>Refuses chat templates and their values when a session is created rather than with its first turn.</summary>
internal static class SessionTemplate
{
    /// <summary>Checks that the values are a JSON object and that the template compiles.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT, naming the field, and the line where a template does not compile.</exception>
    public static async Task CheckAsync(
        TokenizerChannel tokenizer, string tokenizerName, CreateSessionRequest request, CancellationToken cancellationToken)
    {
        if (request.HasChatTemplateKwargs)
        {
            TemplateJson.Object(request.ChatTemplateKwargs, "chat_template_kwargs");
        }

        if (request.ChatTemplate.Length == 0)
        {
            return;
        }

        var render = new RenderChatRequest
        {
            Tokenizer = tokenizerName,
            ChatTemplate = request.ChatTemplate,
            Messages = { new ChatMessage { Role = "user", Content = new MessageContent { Text = "u" } } },
        };
        if (request.HasChatTemplateKwargs)
        {
            render.ChatTemplateKwargs = request.ChatTemplateKwargs;
        }

        try
        {
            await tokenizer.RenderChatAsync(render, cancellationToken);
        }
        catch (AtroposException e) when (e is { StatusCode: StatusCode.InvalidArgument, Field: not "chat_template" })
        {
            // It compiles. That it refuses this conversation says nothing of those to come.
        }
    }
}
