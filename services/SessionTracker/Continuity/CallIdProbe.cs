using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Atropos.Hosting.Errors;
using Atropos.SessionTracker.Clients;
using Atropos.Tokenizer.V1;
using Grpc.Core;
using OpenAI.V1;

namespace Atropos.SessionTracker.Continuity;

/// <summary>
/// Finds out whether a chat template prints the ids of tool calls, by rendering a call with an id of its own. Where it does, an
/// answer echoed with another id is other text; where it does not, ids are the client's business.
/// </summary>
internal sealed class CallIdProbe(TokenizerChannel tokenizer)
{
    // Nine letters and digits: the form that templates which check ids ask for.
    private const string Id = "aTrPoS7Q9";

    // Requests may bring any number of templates of their own; to forget what is known of them costs a rendering each.
    private const int MaxKnown = 1024;

    // By the hash of a template: a text may be long, and this many of them would take hundreds of megabytes.
    private readonly ConcurrentDictionary<(TokenizerIdentity Tokenizer, string Template), bool> _known = new();

    /// <summary>Whether the ids of calls are part of the prompt.</summary>
    /// <param name="identity">The tokenizer; with other files it may have another template.</param>
    /// <param name="chatTemplate">The template that a request brings; null for the tokenizer's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<bool> CallIdsCountAsync(TokenizerIdentity identity, string? chatTemplate, CancellationToken cancellationToken)
    {
        var key = (identity, Template: KeyOf(chatTemplate));
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var (counts, renderedBy) = await RenderAsync(identity, chatTemplate, cancellationToken);
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        return _known[(renderedBy, key.Template)] = counts;
    }

    private static string KeyOf(string? chatTemplate) =>
        chatTemplate is null ? "" : Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(chatTemplate.AsSpan())));

    private async Task<(bool Counts, TokenizerIdentity RenderedBy)> RenderAsync(
        TokenizerIdentity identity, string? chatTemplate, CancellationToken cancellationToken)
    {
        var call = new ToolCall { Id = Id, Type = "function", Function = new FunctionCall { Name = "f", Arguments = "{}" } };
        var request = new RenderChatRequest
        {
            Tokenizer = identity.Name,
            Messages =
            {
                new ChatMessage { Role = "user", Content = new MessageContent { Text = "u" } },
                new ChatMessage { Role = "assistant", ToolCalls = { call } },
                new ChatMessage { Role = "tool", ToolCallId = Id, Content = new MessageContent { Text = "r" } },
            },
            Tools = { new Tool { Type = "function", Function = new FunctionDefinition { Name = "f", Parameters = "{}" } } },
        };
        if (chatTemplate is not null)
        {
            request.ChatTemplate = chatTemplate;
        }

        try
        {
            var rendered = await tokenizer.RenderChatAsync(request, cancellationToken);
            return (rendered.Text.Contains(Id, StringComparison.Ordinal), identity with { Fingerprint = rendered.TokenizerFingerprint });
        }
        catch (AtroposException e) when (e.StatusCode is StatusCode.InvalidArgument or StatusCode.FailedPrecondition)
        {
            // A template that takes no calls prints no ids.
            return (false, identity);
        }
    }
}
