using System.Text;
using Atropos.ChatFormats.Templates;
using Atropos.Tokenizers;

namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// What continues a node: the text behind its tokens, and the ids. The node's own tokens are never rendered or encoded again.
/// </summary>
/// <param name="Text">The text that follows the node's tokens.</param>
/// <param name="TokenIds">Its ids, as they are behind the node's last token.</param>
public sealed record Continuation(string Text, IReadOnlyList<int> TokenIds)
{
    /// <summary>Finds what continues a node.</summary>
    /// <param name="template">The chat template.</param>
    /// <param name="tokenizer">The tokenizer of the node's ids.</param>
    /// <param name="input">The whole conversation.</param>
    /// <param name="matchedMessages">How many of its messages the node covers; the last of them is the assistant message that was
    /// sampled.</param>
    /// <param name="lastTokenIds">The node's last ids, oldest first: they tell how the answer ended.</param>
    /// <param name="keepHistory">Whether to go on also where the template renders earlier messages otherwise than they were sent.</param>
    /// <param name="refusal">Why there is none, where the result is null: then only a whole rendering is right.</param>
    /// <param name="givenMessages">Positions of earlier assistant messages that were given and not sampled: thinking of theirs that the
    /// template prints no more is a change. Null or empty: all were sampled.</param>
    /// <exception cref="InvalidOperationException">The vocabulary cannot spell the new messages.</exception>
    public static Continuation? Find(
        ChatTemplate template,
        Tokenizer tokenizer,
        TemplateInput input,
        int matchedMessages,
        IReadOnlyList<int> lastTokenIds,
        bool keepHistory,
        out string? refusal,
        IReadOnlyCollection<int>? givenMessages = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(lastTokenIds);
        ArgumentOutOfRangeException.ThrowIfLessThan(matchedMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(matchedMessages, input.Messages.Count);
        if (input.ContinueFinalMessage)
        {
            refusal = "continue_final_message asks for the last message to be left open.";
            return null;
        }

        if (!input.Messages[matchedMessages - 1].HasRole("assistant"))
        {
            refusal = "The last matched message is not an assistant's.";
            return null;
        }

        var renderer = new ContinuationRenderer(template, input, matchedMessages, givenMessages ?? [], keepHistory);
        var end = SampledEnd.Of(tokenizer, lastTokenIds);
        (var text, refusal) = template.Clock.Hold(() => TextBehind(renderer, tokenizer, lastTokenIds, end));
        if (renderer.TookTooLong)
        {
            refusal = ContinuationRenderer.TooSlow;
            return null;
        }

        if (text is null)
        {
            return null;
        }

        if (SpliceEncoder.Encode(tokenizer, lastTokenIds, end, text) is not { } ids)
        {
            refusal = $"The sampled end '{end?.Text}' (id {end?.Id}) is not what the tokenizer makes of the template's text.";
            return null;
        }

        return new Continuation(text, ids);
    }

    private static (string? Text, string? Refusal) TextBehind(
        ContinuationRenderer renderer, Tokenizer tokenizer, IReadOnlyList<int> lastTokenIds, SampledEnd? end)
    {
        var (answers, refusal) = renderer.TryRender();
        var sampled = Spell(tokenizer, lastTokenIds);
        string[] sameEnds = end is null ? [] : [.. TurnEnds.LikeEndsOf(end.Text)];
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].After(end?.Text, sameEnds, sampled, LastSpecialToken, mayGuess: i == answers.Length - 1) is { } text)
            {
                return (text, null);
            }
        }

        return (null, refusal);

        string? LastSpecialToken(string within)
        {
            var ids = tokenizer.Encode(within, addSpecialTokens: false);
            var at = Array.FindLastIndex(ids, tokenizer.IsSpecial);
            return at < 0 ? null : tokenizer.IdToToken(ids[at]);
        }
    }

    /// <summary>The text of ids. Special tokens are spelled as they are: a decoder may change what stands in them.</summary>
    private static string Spell(Tokenizer tokenizer, IReadOnlyList<int> ids)
    {
        var text = new StringBuilder();
        for (var at = 0; at < ids.Count;)
        {
            var start = at;
            while (at < ids.Count && !tokenizer.IsSpecial(ids[at]))
            {
                at++;
            }

            text.Append(tokenizer.Decode([.. ids.Skip(start).Take(at - start)], skipSpecialTokens: false));
            if (at < ids.Count)
            {
                text.Append(tokenizer.IdToToken(ids[at++]));
            }
        }

        return text.ToString();
    }
}
