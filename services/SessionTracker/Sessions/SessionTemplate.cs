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
    /// <summary>Checks that the values are a JSON object of what a template can be given and that the template compiles.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT, naming the field, and the line where a template does not compile.</exception>
    public static async Task CheckAsync(
        TokenizerChannel tokenizer, string tokenizerName, CreateSessionRequest request, CancellationToken cancellationToken)
    {
        if (request.HasChatTemplateKwargs)
        {
            TemplateJson.Object(request.ChatTemplateKwargs, "chat_template_kwargs");
        }

        if (request.ChatTemplate.Length == 0 && !request.HasChatTemplateKwargs)
        {
            return;
        }

        var render = new RenderChatRequest
        {
            Tokenizer = tokenizerName,
            Messages = { new ChatMessage { Role = "user", Content = new MessageContent { Text = "u" } } },
        };
        if (request.ChatTemplate.Length > 0)
        {
            render.ChatTemplate = request.ChatTemplate;
        }

        if (request.HasChatTemplateKwargs)
        {
            render.ChatTemplateKwargs = request.ChatTemplateKwargs;
        }

        try
        {
            await tokenizer.RenderChatAsync(render, cancellationToken);
        }
        catch (AtroposException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition && !IsOf(request, e.Field ?? ""))
        {
            // It compiles, or it is the model's own or none, and turns may bring another. That it refuses this conversation says nothing
            // of those to come.
        }
    }

    /// <summary>Whether a field that is at fault is one that the session brings.</summary>
    private static bool IsOf(CreateSessionRequest request, string field) =>
        (field == "chat_template" && request.ChatTemplate.Length > 0) || field.StartsWith("chat_template_kwargs", StringComparison.Ordinal);
}
