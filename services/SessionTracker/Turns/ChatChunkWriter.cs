using Atropos.TokenTree.Matching;
using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>
/// Writes a chat completion as chunks. Tokens that the parser held back ride on the next chunk of their choice, so that all chunks
/// together carry every token once.
/// </summary>
internal sealed class ChatChunkWriter(TurnSettings settings, ChatLogprobWriter? logprobs)
{
    /// <summary>The first chunk of each choice: the role, and content that is empty.</summary>
    public IEnumerable<ChatCompletionChunk> Begin(TurnRun run)
    {
        foreach (var choice in run.Choices)
        {
            var delta = new AnswerDelta { Role = CanonicalMessage.AssistantRole, Content = "" };
            var chunk = Chunk(new ChatChunkChoice { Index = choice.Index, Delta = delta });
            if (settings.ReturnTokenIds && choice.Index == 0)
            {
                chunk.PromptTokenIds.AddRange(run.Prompts[0].Plan.PromptIds);
            }

            yield return chunk;
        }
    }

    /// <summary>What has become certain.</summary>
    public IEnumerable<ChatCompletionChunk> Write(ChoiceProgress progress)
    {
        foreach (var delta in ChatDeltaGroups.Group(progress.Deltas))
        {
            var choice = new ChatChunkChoice { Index = progress.Choice!.Index, Delta = delta };
            AddTokens(choice, progress.Choice);
            yield return Chunk(choice);
        }
    }

    /// <summary>The last chunk of each choice, and usage where it was asked for. Only after the turn has been recorded.</summary>
    public IEnumerable<ChatCompletionChunk> End(TurnRun run)
    {
        foreach (var choice in run.Choices)
        {
            var last = new ChatChunkChoice
            {
                Index = choice.Index,
                Delta = new AnswerDelta(),
                FinishReason = FinishReasonNames.NameOf(choice.ClientFinishReason),
                StopReason = choice.StopReason,
            };
            AddTokens(last, choice);
            yield return Chunk(last);
        }

        if (settings.IncludeUsage)
        {
            var chunk = Chunk(null);
            chunk.Usage = new ChunkUsage { Usage = UsageCounter.Count(run) };
            yield return chunk;
        }
    }

    private void AddTokens(ChatChunkChoice chunk, ChoiceAssembler choice)
    {
        var (start, end) = choice.TakeUnreported();
        if (start == end)
        {
            return;
        }

        chunk.Logprobs = logprobs?.Write(choice.Tokens, start, end);
        if (settings.ReturnTokenIds)
        {
            chunk.TokenIds.AddRange(choice.Tokens.Ids[start..end].ToArray());
        }
    }

    private ChatCompletionChunk Chunk(ChatChunkChoice? choice)
    {
        var chunk = new ChatCompletionChunk
        {
            Id = ChatCompletionBuilder.IdPrefix + settings.TurnId,
            Object = "chat.completion.chunk",
            Created = settings.Created,
            Model = settings.Model.Name,
            Usage = UsageCounter.Pending(settings),
        };
        if (choice is not null)
        {
            chunk.Choices.Add(choice);
        }

        return chunk;
    }
}
