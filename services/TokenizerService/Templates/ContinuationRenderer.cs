using Atropos.Tokenizer.V1;
using Atropos.TokenizerService.Registry;
using OpenAI.V1;

namespace Atropos.TokenizerService.Templates;

/// <summary>
/// Finds the text that continues a node: what the template puts after the sampled answer, the messages that follow
/// it, and the opening of the next answer. The answer itself is never rendered or encoded again; a sentinel stands in
/// for it, and what comes after the sentinel is the continuation.
/// </summary>
internal sealed class ContinuationRenderer
{
    private readonly LoadedTokenizer _loaded;
    private readonly ChatTemplate _template;
    private readonly RenderChatRequest _request;
    private readonly Continuation _continuation;
    private readonly string _sentinel;

    public ContinuationRenderer(LoadedTokenizer loaded, ChatTemplate template, RenderChatRequest request, Continuation continuation)
    {
        _loaded = loaded;
        _template = template;
        _request = request;
        _continuation = continuation;
        _sentinel = Sentinel.For(request.Messages);
    }

    private bool AddGenerationPrompt => _request is not { HasAddGenerationPrompt: true, AddGenerationPrompt: false };

    /// <summary>Renders the continuation.</summary>
    /// <param name="refusal">Why there is none, where the result is null.</param>
    public (string Text, int[] TokenIds)? TryRender(out string? refusal)
    {
        refusal = null;
        if (_request.ContinueFinalMessage)
        {
            refusal = "continue_final_message asks for the last message to be left open.";
            return null;
        }

        if (_request.Messages[_continuation.MatchedMessages - 1].Role != "assistant")
        {
            refusal = "The last matched message is not an assistant's.";
            return null;
        }

        var closing = TextAfterAnswer(_continuation.MatchedMessages, addGenerationPrompt: false);
        var text = TextAfterAnswer(_request.Messages.Count, AddGenerationPrompt) ?? TextByDifference(closing);
        if (text is null)
        {
            refusal = "The chat template does not let the text after an answer be told apart from the answer.";
            return null;
        }

        return WithoutSampledEnd(text, closing, out refusal);
    }

    /// <summary>Renders the first <paramref name="count"/> messages with the sentinel as the answer; null where it does not come through.</summary>
    private string? TextAfterAnswer(int count, bool addGenerationPrompt)
    {
        var messages = _request.Messages.Take(count).ToList();
        messages[_continuation.MatchedMessages - 1] = new ChatMessage
        {
            Role = "assistant",
            Content = new MessageContent { Text = _sentinel },
        };
        var text = TryRender(messages, addGenerationPrompt);
        var at = text?.IndexOf(_sentinel, StringComparison.Ordinal) ?? -1;
        if (text is null || at < 0 || text.IndexOf(_sentinel, at + 1, StringComparison.Ordinal) >= 0)
        {
            return null;
        }

        return text[(at + _sentinel.Length)..];
    }

    /// <summary>What the new messages add to a rendering, after the closing of the answer.</summary>
    private string? TextByDifference(string? closing)
    {
        if (closing is null
            || TryRender([.. _request.Messages.Take(_continuation.MatchedMessages)], addGenerationPrompt: false) is not { } before
            || TryRender(_request.Messages, AddGenerationPrompt) is not { } after
            || !before.EndsWith(closing, StringComparison.Ordinal)
            || !after.StartsWith(before, StringComparison.Ordinal))
        {
            return null;
        }

        return string.Concat(closing, after.AsSpan(before.Length));
    }

    private string? TryRender(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt)
    {
        try
        {
            return _template.Render(messages, _request, addGenerationPrompt);
        }
        catch (Hosting.Errors.AtroposException)
        {
            // The template refuses the sentinel's message (some want tool calls before tool results): the next way is tried.
            return null;
        }
    }

    /// <summary>Leaves out what the model has sampled already: the token that ended its turn, and the text up to it.</summary>
    private (string Text, int[] TokenIds)? WithoutSampledEnd(string text, string? closing, out string? refusal)
    {
        refusal = null;
        var tokenizer = _loaded.Tokenizer;
        var last = _continuation.LastTokenIds.Count > 0 ? _continuation.LastTokenIds[^1] : -1;
        var end = tokenizer.IsSpecial(last) || _loaded.EndTokenIds.Contains(last) ? tokenizer.IdToToken(last) : null;
        if (string.IsNullOrEmpty(end))
        {
            // A cut answer. What closes it begins with a special token in the usual templates, which is the same id behind
            // any text; where it does not, it is encoded as if it began a text, as nothing tells where the answer's last
            // token would end.
            return (text, _loaded.Encode(text, ChatRenderer.Messages));
        }

        // Only within the closing of the answer (or at the very start, where a stop token opens the next turn): the
        // same token further on belongs to other turns.
        var reach = closing is not null && text.StartsWith(closing, StringComparison.Ordinal) ? closing.Length : 0;
        var at = text.AsSpan(0, reach).IndexOf(end, StringComparison.Ordinal);
        if (at < 0 && text.StartsWith(end, StringComparison.Ordinal))
        {
            at = 0;
        }

        var rest = at < 0 ? text : text[(at + end.Length)..];
        if (EncodeBehind(last, end, rest) is { } ids)
        {
            return (rest, ids);
        }

        if (at < 0)
        {
            return (rest, _loaded.Encode(rest, ChatRenderer.Messages));
        }

        refusal = $"The sampled end '{end}' (id {last}) is not what the tokenizer makes of the template's text.";
        return null;
    }

    /// <summary>
    /// Encodes text as it is behind a token: some tokens take in the white space that follows them, and some tokenizers
    /// put a space before what begins a text. Null where the token's text does not become the token.
    /// </summary>
    private int[]? EncodeBehind(int id, string token, string text)
    {
        var ids = _loaded.Encode(token + text, ChatRenderer.Messages);
        return ids.Length > 0 && ids[0] == id ? ids[1..] : null;
    }
}
