using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Errors;
using Atropos.SessionTracker.Requests;
using Atropos.SessionTracker.Sessions;
using Atropos.SessionTracker.Turns;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Continuity;

/// <summary>
/// Finds the node that a plain prompt extends: by ids where the prompt is given as ids, by text where it is text. Text is compared
/// with the whole text of each node, special tokens included, and with what clients see of it, which leaves them out; the longer wins.
/// </summary>
internal sealed class CompletionPlanner(TokenizerChannel tokenizer, TokenizerFingerprints fingerprints)
{
    /// <summary>Plans one prompt of a turn.</summary>
    /// <param name="settings">The turn.</param>
    /// <param name="input">The prompt.</param>
    /// <param name="recordId">The id under which this prompt's completions are recorded.</param>
    /// <param name="addSpecialTokens">Whether a prompt that extends nothing gets the model's own leading tokens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT for a prompt without tokens, or what the tokenizer answers.</exception>
    public async Task<TurnPlan> PlanAsync(
        TurnSettings settings, CompletionInput input, string recordId, bool addSpecialTokens, CancellationToken cancellationToken)
    {
        if (settings.Session is null)
        {
            return await PlanAsync(settings, new TokenizerIdentity(settings.Tokenizer, ""), input, recordId, addSpecialTokens, cancellationToken);
        }

        // Encoding does not tell which files it was done with: if they are the same before and after it, it was with those.
        var identity = await fingerprints.AskAsync(settings.Tokenizer, cancellationToken);
        for (var attempts = 1; ; attempts++)
        {
            var plan = await PlanAsync(settings, identity, input, recordId, addSpecialTokens, cancellationToken);
            var after = input.TokenIds is null ? await fingerprints.AskAsync(settings.Tokenizer, cancellationToken) : identity;
            if (after == identity)
            {
                return plan;
            }

            identity = attempts < ChatPlanner.MostAttempts ? after : throw TrackerErrors.TokenizerChanges(settings.Tokenizer);
        }
    }

    private async Task<TurnPlan> PlanAsync(
        TurnSettings settings,
        TokenizerIdentity identity,
        CompletionInput input,
        string recordId,
        bool addSpecialTokens,
        CancellationToken cancellationToken)
    {
        if (input.TokenIds is { } ids)
        {
            var node = settings.Session?.Tree.MatchTokens(identity.ToString(), ids);
            return new TurnPlan { RecordId = recordId, Tokenizer = identity, Parent = node, PromptIds = ids };
        }

        var text = input.Text!;
        if (settings.Session is { } session && await FindAsync(identity, session, text, cancellationToken) is { } match)
        {
            var rest = match.TextLength == text.Length
                ? []
                : await tokenizer.EncodeAsync(settings.Tokenizer, text[match.TextLength..], addSpecialTokens: false, cancellationToken);
            return new TurnPlan
            {
                RecordId = recordId,
                Tokenizer = identity,
                Parent = match.Node,
                PromptIds = TurnPlan.Extend(match.Node, rest),
                PromptText = text,
            };
        }

        var encoded = await tokenizer.EncodeAsync(settings.Tokenizer, text, addSpecialTokens, cancellationToken);
        return new TurnPlan
        {
            RecordId = recordId,
            Tokenizer = identity,
            PromptIds = encoded.Count > 0
                ? [.. encoded]
                : throw TrackerErrors.Invalid(input.Field, "has no tokens; give some text."),
            PromptText = text,
        };
    }

    private async ValueTask<TextMatch?> FindAsync(
        TokenizerIdentity identity, LiveSession session, string prompt, CancellationToken cancellationToken)
    {
        var tokenizerKey = identity.ToString();
        var node = await session.Tree.MatchTextAsync(
            tokenizerKey,
            prompt,
            async (candidate, token) => await DecodeAsync(candidate, skipSpecialTokens: false, token),
            cancellationToken);

        // A node that ends in a token that clients do not see can cover more of the prompt than any whole text does.
        TextMatch? best = node is null ? null : new TextMatch(node, node.FullText!.Length);
        foreach (var candidate in session.Tree.Nodes)
        {
            // Conversations end in special tokens that no client leaves out of a prompt of its own making.
            if (candidate.EndHash is not null || candidate.Tokenizer != tokenizerKey || candidate.Completion is { Tracked: false, Length: 0 })
            {
                continue;
            }

            var visible = await session.VisibleTextAsync(candidate, token => DecodeAsync(candidate, skipSpecialTokens: true, token), cancellationToken);
            var match = new TextMatch(candidate, visible.Length);
            if (visible.Length > 0 && prompt.StartsWith(visible, StringComparison.Ordinal) && (best is not { } other || match.IsBetterThan(other)))
            {
                best = match;
            }
        }

        return best;
    }

    private Task<string> DecodeAsync(TurnNode node, bool skipSpecialTokens, CancellationToken cancellationToken)
    {
        var ids = new int[node.TokenCount];
        node.CopyTokens(ids);
        return tokenizer.DecodeAsync(TokenizerIdentity.Parse(node.Tokenizer).Name, ids, skipSpecialTokens, cancellationToken);
    }
}
