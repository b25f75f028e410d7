using Atropos.TokenTree.Segments;

namespace Atropos.TokenTree.Export;

/// <summary>A node as a trainer takes it: three lists of equal length. The lists are copies, the caller's to keep.</summary>
public sealed class TrainingSequence
{
    private TrainingSequence(TurnNode node, int[] tokens, int[] maskedTokens, float[] logprobs)
    {
        Node = node;
        Tokens = tokens;
        MaskedTokens = maskedTokens;
        Logprobs = logprobs;
        Spans = node.Spans();
    }

    /// <summary>The node.</summary>
    public TurnNode Node { get; }

    /// <summary>Every token of the path, exactly as the engines got and sampled them.</summary>
    public ReadOnlyMemory<int> Tokens { get; }

    /// <summary>The loss mask: the token where it is trained on, <see cref="TurnNode.MaskedToken"/> elsewhere.</summary>
    public ReadOnlyMemory<int> MaskedTokens { get; }

    /// <summary>The log-probability of each sampled token; <see cref="TurnNode.GivenLogprob"/> where the token was given.</summary>
    public ReadOnlyMemory<float> Logprobs { get; }

    /// <summary>The sampled runs of tokens, in order.</summary>
    public IReadOnlyList<PathSpan> Spans { get; }

    /// <summary>Makes the sequence of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="trains">Which completions on its path to train on; null for all.</param>
    public static TrainingSequence Of(TurnNode node, Predicate<TurnNode>? trains = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        var tokens = new int[node.TokenCount];
        var maskedTokens = new int[node.TokenCount];
        var logprobs = new float[node.TokenCount];
        node.CopyTokens(tokens);
        node.CopyMaskedTokens(maskedTokens, trains);
        node.CopyLogprobs(logprobs);
        return new TrainingSequence(node, tokens, maskedTokens, logprobs);
    }
}
