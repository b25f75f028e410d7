using System.Collections.Immutable;
using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Clients;
using Atropos.TokenTree;
using Atropos.TokenTree.Matching;
using Atropos.TokenTree.Segments;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.SessionTracker.Stores;

/// <summary>Turns of the token tree as records, and back: what is read is what was written, bit for bit.</summary>
public static class RecordMapper
{
    /// <summary>Gives the record of a turn.</summary>
    public static TurnRecord ToRecord(TurnCommit turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var tokenizer = TokenizerIdentity.Parse(turn.Tokenizer);
        var record = new TurnRecord
        {
            Format = RecordFormat.Current,
            TurnId = turn.TurnId,
            ParentId = turn.Parent?.Id ?? "",
            Chain = turn.Chain is null ? null : ToRecord(turn.Chain),
            Model = turn.Model,
            Tokenizer = tokenizer.Name,
            TokenizerFingerprint = tokenizer.Fingerprint,
            BranchReason = turn.BranchReason,
            ContinuityFallback = turn.ContinuityFallback,
            CreatedAt = Timestamp.FromDateTimeOffset(turn.CreatedAt),
        };
        record.PromptTokenIds.AddRange(turn.Prompt.TokenIds.ToArray());
        record.Choices.AddRange(turn.Choices.Select(ToRecord));
        return record;
    }

    /// <summary>Gives the turn of a record, ready to be committed.</summary>
    /// <param name="record">The record.</param>
    /// <param name="tree">The tree with the turns before it.</param>
    /// <exception cref="ArgumentException">The record contradicts itself, or extends a node that the tree does not have.</exception>
    public static TurnCommit ToCommit(TurnRecord record, SessionTree tree)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(tree);
        TurnNode? parent = null;
        if (record.ParentId.Length > 0 && !tree.TryFind(record.ParentId, out parent))
        {
            throw new ArgumentException($"It extends node {record.ParentId}, which is not of the session.", nameof(record));
        }

        return new TurnCommit
        {
            TurnId = record.TurnId,
            Parent = parent,
            Prompt = Segment.Prompt([.. record.PromptTokenIds]),
            Chain = record.Chain is null ? null : FromRecord(record.Chain),
            Model = record.Model,
            Tokenizer = new TokenizerIdentity(record.Tokenizer, record.TokenizerFingerprint).ToString(),
            BranchReason = record.BranchReason,
            ContinuityFallback = record.ContinuityFallback,
            CreatedAt = record.CreatedAt?.ToDateTimeOffset() ?? default,
            Choices = [.. record.Choices.Select(FromRecord)],
        };
    }

    /// <summary>Builds the tree of a session from its records.</summary>
    /// <param name="uuid">The session, for errors.</param>
    /// <param name="records">Its turns, in the order in which they became durable.</param>
    /// <exception cref="SessionStoreException">A record contradicts itself or those before it.</exception>
    public static SessionTree Rebuild(string uuid, IEnumerable<TurnRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var tree = new SessionTree();
        foreach (var record in records)
        {
            try
            {
                tree.Commit(ToCommit(record, tree));
            }
            catch (ArgumentException error)
            {
                throw new SessionStoreException($"The record of turn {record.TurnId} of session {uuid} is damaged: {error.Message}", error);
            }
        }

        return tree;
    }

    private static ChainRecord ToRecord(TurnChain chain)
    {
        var record = new ChainRecord
        {
            Root = ToBytes(chain.Root),
            Prompt = ToBytes(chain.Prompt),
            MessageCount = chain.MessageCount,
            CallIdsCount = chain.CallIdsCount,
        };
        record.GivenAssistants.AddRange(chain.GivenAssistants.Select(ToBytes));
        return record;
    }

    private static TurnChain FromRecord(ChainRecord record) => new(
        MessageHash.FromBytes(record.Root.Span),
        MessageHash.FromBytes(record.Prompt.Span),
        record.MessageCount,
        [.. record.GivenAssistants.Select(hash => MessageHash.FromBytes(hash.Span))],
        record.CallIdsCount);

    private static ByteString ToBytes(MessageHash hash)
    {
        Span<byte> bytes = stackalloc byte[MessageHash.Size];
        hash.CopyTo(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private static ChoiceRecord ToRecord(TurnChoice choice)
    {
        var record = new ChoiceRecord
        {
            NodeId = choice.NodeId,
            ChoiceIndex = choice.ChoiceIndex,
            Untracked = !choice.Completion.Tracked,
            Answer = choice.Answer is null ? null : ToRecord(choice.Answer),
            EngineFinishReason = (FinishReason)choice.EngineFinishReason,
            ClientFinishReason = (FinishReason)choice.ClientFinishReason,
        };
        record.TokenIds.AddRange(choice.Completion.TokenIds.ToArray());
        record.Logprobs.AddRange(choice.Completion.Logprobs.ToArray());
        record.Parts.AddRange(choice.Completion.Parts.Select(ToRecord));
        return record;
    }

    private static TurnChoice FromRecord(ChoiceRecord record)
    {
        int[] ids = [.. record.TokenIds];
        SampledPart[] parts = [.. record.Parts.Select(FromRecord)];
        return new TurnChoice
        {
            NodeId = record.NodeId,
            ChoiceIndex = record.ChoiceIndex,
            Completion = record.Untracked
                ? Segment.UntrackedCompletion(ids, parts)
                : Segment.Completion(ids, [.. record.Logprobs], parts),
            Answer = record.Answer is null ? null : FromRecord(record.Answer),
            EngineFinishReason = Known((TurnFinishReason)record.EngineFinishReason),
            ClientFinishReason = Known((TurnFinishReason)record.ClientFinishReason),
        };
    }

    private static AnswerRecord ToRecord(AssistantAnswer answer)
    {
        var record = new AnswerRecord();
        if (answer.Content is not null)
        {
            record.Content = answer.Content;
        }

        if (answer.Reasoning is not null)
        {
            record.Reasoning = answer.Reasoning;
        }

        foreach (var call in answer.ToolCalls)
        {
            var callRecord = new CallRecord { Name = call.Name, Arguments = call.Arguments };
            if (call.Id is not null)
            {
                callRecord.Id = call.Id;
            }

            record.ToolCalls.Add(callRecord);
        }

        return record;
    }

    private static AssistantAnswer FromRecord(AnswerRecord record) => new()
    {
        Content = record.HasContent ? record.Content : null,
        Reasoning = record.HasReasoning ? record.Reasoning : null,
        ToolCalls = record.ToolCalls
            .Select(call => new CanonicalToolCall(call.HasId ? call.Id : null, call.Name, call.Arguments))
            .ToImmutableArray(),
    };

    private static PartRecord ToRecord(SampledPart part) => new()
    {
        Start = part.Start,
        End = part.End,
        EngineId = part.EngineId,
        EngineRequestId = part.EngineRequestId,
        WeightVersion = part.WeightVersion,
        LogprobKind = (LogprobKind)part.LogprobKind,
        Sampling = SpanSamplingMapper.From(part.Sampling),
    };

    private static SampledPart FromRecord(PartRecord record)
    {
        var sampling = record.Sampling ?? new SpanSampling();
        return new SampledPart
        {
            Start = record.Start,
            End = record.End,
            EngineId = record.EngineId,
            EngineRequestId = record.EngineRequestId,
            WeightVersion = record.WeightVersion,
            LogprobKind = Known((SampledLogprobKind)record.LogprobKind),
            Sampling = new SamplingSettings
            {
                Temperature = sampling.Temperature,
                TopP = sampling.TopP,
                TopK = sampling.TopK,
                MinP = sampling.MinP,
                Seed = sampling.HasSeed ? sampling.Seed : null,
                PresencePenalty = sampling.PresencePenalty,
                FrequencyPenalty = sampling.FrequencyPenalty,
                RepetitionPenalty = sampling.RepetitionPenalty,
                Constrained = sampling.Constrained,
            },
        };
    }

    private static T Known<T>(T value)
        where T : struct, System.Enum =>
        System.Enum.IsDefined(value)
            ? value
            : throw new ArgumentException($"{value} is no {typeof(T).Name} that this version knows.", nameof(value));
}
