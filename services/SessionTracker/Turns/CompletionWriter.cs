using Atropos.SessionTracker.Clients;
using Atropos.Tokenizer.V1;
using OpenAI.V1;

namespace Atropos.SessionTracker.Turns;

/// <summary>Writes plain completions, whole or as chunks; a whole one is what its chunks add up to.</summary>
internal sealed class CompletionWriter
{
    /// <summary>What the ids of plain completions begin with.</summary>
    public const string IdPrefix = "cmpl-";

    private readonly TurnRun _run;
    private readonly TurnSettings _settings;
    private readonly bool _echo;
    private readonly CompletionLogprobWriter[] _logprobs;

    /// <summary>Begins to write.</summary>
    /// <param name="run">The turn.</param>
    /// <param name="echo">Whether texts begin with their prompt; the plans then have its text.</param>
    /// <param name="vocabulary">The tokenizer's; null where no log-probabilities were asked for.</param>
    public CompletionWriter(TurnRun run, bool echo, Vocabulary? vocabulary)
    {
        _run = run;
        _settings = run.Settings;
        _echo = echo;
        var skipSpecial = !_settings.Output.HasSkipSpecialTokens || _settings.Output.SkipSpecialTokens;
        _logprobs = vocabulary is null ? [] :
        [
            .. Enumerable.Range(0, run.Prompts.Count * _settings.N).Select(_ => new CompletionLogprobWriter(vocabulary, skipSpecial)),
        ];
    }

    /// <summary>The whole answer. Only after the turn has been recorded.</summary>
    public Completion Whole()
    {
        var completion = Empty();
        completion.Usage = new ChunkUsage { Usage = UsageCounter.Count(_run) };
        foreach (var choice in _run.Choices)
        {
            var answer = Last(choice);
            answer.Text = Echo(choice.Index) + choice.Answer.Content;
            AddPrompt(answer);
            completion.Choices.Add(answer);
        }

        return completion;
    }

    /// <summary>The first chunks: echoed prompts and prompt ids, where they were asked for.</summary>
    public IEnumerable<Completion> Begin()
    {
        if (!_echo && !_settings.ReturnTokenIds)
        {
            yield break;
        }

        foreach (var choice in _run.Choices)
        {
            var first = new CompletionChoice { Index = choice.Index, Text = Echo(choice.Index) };
            AddPrompt(first);
            yield return Chunk(first);
        }
    }

    /// <summary>What has become certain; null where that is nothing that shows.</summary>
    public Completion? Write(ChoiceProgress progress)
    {
        var text = string.Concat(progress.Deltas.Select(delta => delta.PartCase == OutputDelta.PartOneofCase.Content ? delta.Content : ""));
        if (text.Length == 0)
        {
            return null;
        }

        var choice = new CompletionChoice { Index = progress.Choice!.Index, Text = text };
        AddTokens(choice, progress.Choice);
        return Chunk(choice);
    }

    /// <summary>The last chunk of each choice, and usage where it was asked for. Only after the turn has been recorded.</summary>
    public IEnumerable<Completion> End()
    {
        foreach (var choice in _run.Choices)
        {
            yield return Chunk(Last(choice));
        }

        if (_settings.IncludeUsage)
        {
            var chunk = Empty();
            chunk.Usage = new ChunkUsage { Usage = UsageCounter.Count(_run) };
            yield return chunk;
        }
    }

    private CompletionChoice Last(ChoiceAssembler choice)
    {
        var last = new CompletionChoice
        {
            Index = choice.Index,
            FinishReason = FinishReasonNames.NameOf(choice.ClientFinishReason),
            StopReason = choice.StopReason,
        };
        AddTokens(last, choice);
        return last;
    }

    private void AddTokens(CompletionChoice chunk, ChoiceAssembler choice)
    {
        var (start, end) = choice.TakeUnreported();
        if (start == end)
        {
            return;
        }

        if (_logprobs.Length > 0)
        {
            chunk.Logprobs = _logprobs[choice.Index].Write(choice.Tokens, start, end);
        }

        if (_settings.ReturnTokenIds)
        {
            chunk.TokenIds.AddRange(choice.Tokens.Ids[start..end].ToArray());
        }
    }

    private void AddPrompt(CompletionChoice choice)
    {
        if (_settings.ReturnTokenIds)
        {
            choice.PromptTokenIds.AddRange(PlanOf(choice.Index).PromptIds);
        }
    }

    private string Echo(int index) => _echo ? PlanOf(index).PromptText ?? "" : "";

    private TurnPlan PlanOf(int index) => _run.Prompts[index / _settings.N].Plan;

    private Completion Chunk(CompletionChoice choice)
    {
        var chunk = Empty();
        chunk.Usage = UsageCounter.Pending(_settings);
        chunk.Choices.Add(choice);
        return chunk;
    }

    private Completion Empty() => new()
    {
        Id = IdPrefix + _settings.TurnId,
        Object = "text_completion",
        Created = _settings.Created,
        Model = _settings.Model.Name,
    };
}
