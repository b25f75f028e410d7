using Atropos.Sessions.V1;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Errors;
using Atropos.TokenTree.Export;

namespace Atropos.SessionTracker.Sessions;

/// <summary>Reads a session's nodes for trainers.</summary>
internal sealed class NodeReader(TokenizerChannel tokenizer, TokenizerFingerprints fingerprints)
{
    private const string Linear = "linear";
    private const string Tree = "tree";

    /// <summary>Reads the nodes.</summary>
    /// <param name="session">The session.</param>
    /// <param name="mode"><c>linear</c>, <c>tree</c>, or empty for <c>linear</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT for another mode.</exception>
    public async Task<ListNodesResponse> ReadAsync(LiveSession session, string mode, CancellationToken cancellationToken)
    {
        var sequences = mode switch
        {
            "" or Linear => SessionExport.Linear(session.Tree, SharedCompletions.TrainInEach),
            Tree => SessionExport.Tree(session.Tree, SharedCompletions.TrainInEach),
            _ => throw TrackerErrors.Invalid("mode", $"is `{mode}`; it must be `{Linear}` or `{Tree}`."),
        };
        var response = new ListNodesResponse();
        foreach (var sequence in sequences)
        {
            response.Nodes.Add(NodeMapper.Map(sequence, await TextAsync(sequence, cancellationToken)));
        }

        return response;
    }

    private async ValueTask<string> TextAsync(TrainingSequence sequence, CancellationToken cancellationToken)
    {
        var node = sequence.Node;
        if (!node.HasText)
        {
            var identity = TokenizerIdentity.Parse(node.Tokenizer);
            var text = await tokenizer.DecodeAsync(identity.Name, sequence.Tokens.ToArray(), skipSpecialTokens: false, cancellationToken);
            if (identity.Fingerprint.Length > 0 && await fingerprints.AskAsync(identity.Name, cancellationToken) != identity)
            {
                // What other files make of the ids is not their text.
                return "";
            }

            node.SetFullText(text);
        }

        return node.FullText!;
    }
}
