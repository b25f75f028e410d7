using Atropos.TokenTree;
using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Turns;

/// <summary>Records turns that have ended.</summary>
internal static class TurnCommitter
{
    /// <summary>
    /// Records a turn in its session: all prompts of it or none. What it returned for is durable; without a session nothing happens.
    /// </summary>
    /// <returns>The ids of the nodes that were made, by choice.</returns>
    public static async Task<IReadOnlyList<string>> CommitAsync(TurnRun run)
    {
        if (run.Settings.Session is not { } session)
        {
            return [];
        }

        var nodes = await session.CommitAsync([.. run.Prompts.Select(prompt => Commit(run.Settings, prompt))]);
        return [.. nodes.Select(node => node.Id)];
    }

    private static TurnCommit Commit(TurnSettings settings, PromptRun prompt)
    {
        var plan = prompt.Plan;
        return new TurnCommit
        {
            TurnId = plan.RecordId,
            Parent = plan.Parent,
            Prompt = Segment.Prompt(plan.NewIds),
            Chain = plan.Chain,
            Model = settings.Model.Name,
            Tokenizer = plan.Tokenizer.ToString(),
            BranchReason = plan.BranchReason,
            ContinuityFallback = plan.ContinuityFallback,
            CreatedAt = settings.StartedAt,
            Choices = [.. prompt.Choices.Select((choice, i) => Choice(plan, choice, i))],
        };
    }

    private static TurnChoice Choice(TurnPlan plan, ChoiceAssembler choice, int index) => new()
    {
        NodeId = $"{plan.RecordId}-{index}",
        ChoiceIndex = index,
        Completion = choice.Tokens.ToSegment(),
        Answer = plan.Chain is null ? null : choice.Answer.ToAnswer(plan.AnswerPrefix, plan.ReasoningPrefix),
        EngineFinishReason = choice.EngineFinishReason,
        ClientFinishReason = choice.ClientFinishReason,
    };
}
