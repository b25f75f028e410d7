using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>Makes the whole answer of a chat completion from a turn that has ended.</summary>
internal static class ChatCompletionBuilder
{
    /// <summary>What the ids of chat completions begin with.</summary>
    public const string IdPrefix = "chatcmpl-";

    /// <summary>Makes the answer.</summary>
    public static ChatCompletion Build(TurnRun run, ChatLogprobWriter? logprobs)
    {
        var settings = run.Settings;
        var completion = new ChatCompletion
        {
            Id = IdPrefix + settings.TurnId,
            Object = "chat.completion",
            Created = settings.Created,
            Model = settings.Model.Name,
            Usage = UsageCounter.Count(run),
        };
        foreach (var choice in run.Choices)
        {
            completion.Choices.Add(Choice(choice, settings, logprobs));
        }

        if (settings.ReturnTokenIds)
        {
            completion.PromptTokenIds.AddRange(run.Prompts[0].Plan.PromptIds);
        }

        return completion;
    }

    private static ChatChoice Choice(ChoiceAssembler choice, TurnSettings settings, ChatLogprobWriter? logprobs)
    {
        var answer = new ChatChoice
        {
            Index = choice.Index,
            Message = choice.Answer.ToMessage(),
            Logprobs = logprobs?.Write(choice.Tokens, 0, choice.Tokens.Count),
            FinishReason = FinishReasonNames.NameOf(choice.ClientFinishReason),
            StopReason = choice.StopReason,
        };
        if (settings.ReturnTokenIds)
        {
            answer.TokenIds.AddRange(choice.Tokens.Ids.ToArray());
        }

        return answer;
    }
}
