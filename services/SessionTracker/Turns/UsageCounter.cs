using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>Counts what a turn took.</summary>
internal static class UsageCounter
{
    /// <summary>Counts a turn that has ended.</summary>
    public static Usage Count(TurnRun run)
    {
        var prompt = run.Prompts.Sum(p => p.Plan.PromptIds.Length);
        var completion = run.Prompts.Sum(p => p.CompletionTokens);
        return new Usage
        {
            PromptTokens = prompt,
            CompletionTokens = completion,
            TotalTokens = prompt + completion,
            PromptTokensDetails = new PromptTokensDetails { CachedTokens = run.Prompts.Sum(p => p.CachedTokens) },
            CompletionTokensDetails = new CompletionTokensDetails { ReasoningTokens = run.Choices.Sum(choice => choice.ReasoningTokens) },
        };
    }

    /// <summary>What a chunk says of usage: nothing unless it was asked for, and null before the end.</summary>
    public static ChunkUsage? Pending(TurnSettings settings) =>
        settings.IncludeUsage ? new ChunkUsage { None = Google.Protobuf.WellKnownTypes.NullValue.NullValue } : null;
}
