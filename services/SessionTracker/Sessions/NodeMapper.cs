using Atropos.Sessions.V1;
using Atropos.SessionTracker.Turns;
using Atropos.TokenTree.Export;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Sessions;

/// <summary>Training sequences as messages.</summary>
internal static class NodeMapper
{
    /// <summary>Maps one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="text">The text of all its tokens.</param>
    public static Node Map(TrainingSequence sequence, string text)
    {
        var node = new Node { FullText = text, Metadata = Map(sequence.Node, sequence.Spans) };
        node.Tokens.AddRange(sequence.Tokens.ToArray());
        node.MaskedTokens.AddRange(sequence.MaskedTokens.ToArray());
        node.Logprobs.AddRange(sequence.Logprobs.ToArray());
        return node;
    }

    private static NodeMetadata Map(TurnNode node, IReadOnlyList<PathSpan> spans)
    {
        var metadata = new NodeMetadata
        {
            NodeId = node.Id,
            ParentId = node.Parent?.Id ?? "",
            FinishReason = FinishReasonNames.NameOf(node.EngineFinishReason),
            ClientFinishReason = FinishReasonNames.NameOf(node.ClientFinishReason),
            ChoiceIndex = node.ChoiceIndex,
            IsLeaf = node.IsLeaf,
            TurnCount = node.TurnCount,
            Model = node.Model,
            TurnId = node.TurnId,
            CreatedAt = node.CreatedAt.ToUnixTimeMilliseconds() / 1000.0,
            Tracked = node.Tracked,
            BranchReason = node.BranchReason,
        };
        metadata.Spans.AddRange(spans.Select(Map));
        return metadata;
    }

    private static SampledSpan Map(PathSpan span) => new()
    {
        Start = span.Start,
        End = span.End,
        EngineId = span.Part.EngineId,
        EngineRequestId = span.Part.EngineRequestId,
        WeightVersion = span.Part.WeightVersion,
        LogprobKind = Name(span.Part.LogprobKind),
        Sampling = SpanSamplingMapper.From(span.Part.Sampling),
        TurnId = span.Node.TurnId,
    };

    private static string Name(SampledLogprobKind kind) => kind switch
    {
        SampledLogprobKind.Raw => "raw",
        SampledLogprobKind.Tempered => "tempered",
        SampledLogprobKind.Processed => "processed",
        _ => "unknown",
    };
}
