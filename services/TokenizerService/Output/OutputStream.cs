using System.Text;
using Atropos.ChatFormats;
using Atropos.Tokenizer.V1;
using Atropos.Tokenizers;
using OpenAI.V1;

namespace Atropos.TokenizerService.Output;

/// <summary>One completion on its way from ids to deltas. For one caller at a time.</summary>
internal sealed class OutputStream
{
    private readonly IncrementalDecoder _decoder;
    private readonly OutputAssembler _assembler;
    private readonly bool _mayReason;
    private readonly StringBuilder _text = new();
    private readonly List<ChatFormats.OutputDelta> _deltas = [];
    private bool _reasoning;
    private bool _answering;
    private int _reasoningTokens;

    public OutputStream(
        Tokenizers.Tokenizer tokenizer, bool skipSpecialTokens, OutputAssembler assembler, bool mayReason, bool startsInReasoning)
    {
        _decoder = tokenizer.CreateDecoder(skipSpecialTokens);
        _assembler = assembler;
        _mayReason = mayReason;
        _reasoning = startsInReasoning;
    }

    /// <summary>Takes ids, or text where an engine reports none, and gives what has become certain; after a stop string, both are ignored.</summary>
    /// <exception cref="Hosting.Errors.AtroposException">An id is negative, or there are both ids and text.</exception>
    public OutputProgress Feed(FeedOutput request)
    {
        TokenIds.Check(request.TokenIds, "feed_output.token_ids");
        if (request.TokenIds.Count > 0 && request.UntrackedText.Length > 0)
        {
            throw TokenizerErrors.Invalid("feed_output.untracked_text", "cannot be set together with token_ids: it would be the same text twice.");
        }

        var progress = new OutputProgress();
        var stoppedBefore = _assembler.StopString is not null;
        for (var i = 0; i < request.TokenIds.Count && _assembler.StopString is null; i++)
        {
            Take(request.TokenIds[i]);
            if (_assembler.StopString is not null)
            {
                progress.StopTokenCount = i + 1;
            }
        }

        if (stoppedBefore)
        {
            progress.StopTokenCount = 0;
        }
        else if (request.UntrackedText.Length > 0)
        {
            _text.Append(request.UntrackedText);
            TakeText();
        }

        if (request.Last)
        {
            progress.HasToolCalls = Finish().ToolCalls.Count > 0;
        }

        if (_assembler.StopString is { } stop)
        {
            progress.Stop = stop;
        }

        progress.ReasoningTokenCount = _reasoningTokens;
        foreach (var delta in _deltas)
        {
            progress.Deltas.Add(Convert(delta));
        }

        _deltas.Clear();
        return progress;
    }

    /// <summary>Reads a whole completion, whose ids are not negative.</summary>
    public ParseOutputResponse ReadWhole(ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            Take(id);
        }

        var summary = Finish();
        var response = new ParseOutputResponse();
        if (summary.Content is { } content)
        {
            response.Content = content;
        }

        if (summary.Reasoning is { } reasoning)
        {
            response.ReasoningContent = reasoning;
        }

        if (summary.StopString is { } stop)
        {
            response.Stop = stop;
        }

        response.ToolCalls.AddRange(summary.ToolCalls.Select(call => new ToolCall
        {
            Id = call.Id,
            Type = "function",
            Function = new FunctionCall { Name = call.Name, Arguments = call.Arguments },
        }));
        return response;
    }

    private void Take(int id)
    {
        _decoder.Append(id, _text);
        TakeText();
        if (_mayReason && _reasoning && !_answering)
        {
            _reasoningTokens++;
        }
    }

    private OutputSummary Finish()
    {
        _decoder.Flush(_text);
        TakeText();
        return _assembler.Finish(_deltas);
    }

    private void TakeText()
    {
        if (_text.Length == 0)
        {
            return;
        }

        var known = _deltas.Count;
        _assembler.Append(_text.ToString(), _deltas);
        _text.Clear();
        for (var i = known; i < _deltas.Count; i++)
        {
            _reasoning |= _deltas[i].Kind == OutputDeltaKind.Reasoning;
            _answering |= _deltas[i].Kind != OutputDeltaKind.Reasoning;
        }
    }

    private static Tokenizer.V1.OutputDelta Convert(ChatFormats.OutputDelta delta) => delta.Kind switch
    {
        OutputDeltaKind.Content => new() { Content = delta.Text },
        OutputDeltaKind.Reasoning => new() { Reasoning = delta.Text },
        OutputDeltaKind.ToolCallBegin => new()
        {
            ToolCallBegin = new ToolCallBegin { Index = delta.ToolIndex, Id = delta.CallId, Name = delta.Name },
        },
        _ => new() { ToolCallArguments = new ToolCallArguments { Index = delta.ToolIndex, Fragment = delta.Text } },
    };
}
