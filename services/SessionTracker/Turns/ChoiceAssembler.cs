using Atropos.Router.V1;
using Atropos.SessionTracker.Clients;
using Atropos.Tokenizer.V1;
using Atropos.TokenTree.Segments;
using Google.Protobuf.Collections;
using StopReason = OpenAI.V1.StopReason;

namespace Atropos.SessionTracker.Turns;

/// <summary>Puts one completion together: its tokens as they were sampled, and the message that a client sees. For one caller at a time.</summary>
internal sealed class ChoiceAssembler
{
    private readonly Task<OutputStream> _output;
    private int _reported;

    /// <summary>Begins a completion.</summary>
    /// <param name="index">Position among all completions of the request.</param>
    /// <param name="output">The tokenizer's output stream for it, perhaps still being opened.</param>
    /// <param name="tokens">Takes the tokens.</param>
    public ChoiceAssembler(int index, Task<OutputStream> output, SampledRun tokens)
    {
        Index = index;
        _output = output;
        Tokens = tokens;
    }

    /// <summary>Position among all completions of the request.</summary>
    public int Index { get; }

    /// <summary>What was sampled.</summary>
    public SampledRun Tokens { get; }

    /// <summary>The message so far.</summary>
    public AnswerText Answer { get; } = new();

    /// <summary>Whether it has ended: what the engine still says of it is dropped.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why it ended, as the engine said.</summary>
    public TurnFinishReason EngineFinishReason { get; private set; }

    /// <summary>Why it ended, as the client is told.</summary>
    public TurnFinishReason ClientFinishReason { get; private set; }

    /// <summary>What ended it, where it was not the model's own end of turn.</summary>
    public StopReason? StopReason { get; private set; }

    /// <summary>Number of tokens of thinking.</summary>
    public int ReasoningTokens { get; private set; }

    /// <summary>Waits until the tokenizer is ready for output.</summary>
    public Task OpenedAsync() => _output;

    /// <summary>Takes sampled tokens.</summary>
    /// <param name="sampled">The tokens.</param>
    /// <param name="feed">The ids to parse: those of the tokens, or of the text of an engine that reports no ids.</param>
    /// <param name="engine">Who sampled them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What has become certain; perhaps nothing.</returns>
    public async Task<RepeatedField<OutputDelta>> AcceptAsync(
        SampledTokens sampled, IReadOnlyList<int> feed, GenerationStarted engine, CancellationToken cancellationToken)
    {
        var output = await _output;
        var progress = await output.FeedAsync(feed, last: false, cancellationToken);
        Tokens.Add(sampled, progress.HasStopTokenCount ? progress.StopTokenCount : int.MaxValue, engine);
        Note(progress);
        if (!progress.HasStop)
        {
            return progress.Deltas;
        }

        // The stop string is complete: what engines sample beyond it is no part of the answer.
        var rest = await output.FeedAsync([], last: true, cancellationToken);
        Note(rest);
        End(TurnFinishReason.Stop, new StopReason { Text = progress.Stop }, rest.HasToolCalls);
        return [.. progress.Deltas, .. rest.Deltas];
    }

    /// <summary>Ends the completion as the engine said.</summary>
    /// <returns>What the parser held back.</returns>
    public async Task<RepeatedField<OutputDelta>> FinishAsync(CompletionFinished finished, CancellationToken cancellationToken)
    {
        var progress = await (await _output).FeedAsync([], last: true, cancellationToken);
        Note(progress);
        var reason = finished.StopReasonCase switch
        {
            CompletionFinished.StopReasonOneofCase.Stop => new StopReason { Text = finished.Stop },
            CompletionFinished.StopReasonOneofCase.StopTokenId => new StopReason { TokenId = finished.StopTokenId },
            _ => null,
        };
        End(FromEngine(finished.FinishReason), reason, progress.HasToolCalls);
        return progress.Deltas;
    }

    /// <summary>Gives the tokens that no chunk has carried yet, as a half-open range, and counts them as carried.</summary>
    public (int Start, int End) TakeUnreported()
    {
        var range = (_reported, Tokens.Count);
        _reported = Tokens.Count;
        return range;
    }

    /// <summary>Closes the output stream at the tokenizer, whenever it has been opened.</summary>
    public async ValueTask CloseAsync()
    {
        try
        {
            (await _output).Dispose();
        }
        catch (Exception)
        {
            // It never opened, and the turn has failed with the reason already.
        }
    }

    private void Note(OutputProgress progress)
    {
        Answer.Add(progress.Deltas);
        ReasoningTokens = Math.Max(ReasoningTokens, Math.Min(progress.ReasoningTokenCount, Tokens.Count));
    }

    private void End(TurnFinishReason reason, StopReason? stop, bool hasToolCalls)
    {
        IsOver = true;
        EngineFinishReason = reason;
        StopReason = stop;
        ClientFinishReason = reason switch
        {
            TurnFinishReason.Stop when hasToolCalls => TurnFinishReason.ToolCalls,
            TurnFinishReason.Length or TurnFinishReason.Abort => TurnFinishReason.Length,
            _ => TurnFinishReason.Stop,
        };
    }

    private static TurnFinishReason FromEngine(FinishReason reason) => reason switch
    {
        FinishReason.Stop or FinishReason.ToolCalls => TurnFinishReason.Stop,
        FinishReason.Length => TurnFinishReason.Length,
        FinishReason.Abort => TurnFinishReason.Abort,
        _ => TurnFinishReason.Unspecified,
    };
}
