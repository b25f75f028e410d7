using System.Runtime.InteropServices;
using Atropos.Tokenizers;

namespace Atropos.ReferenceEngine;

/// <summary>One completion while it grows. Stepped by one thread at a time; <see cref="RequestAbort"/> may come from any.</summary>
internal sealed class Sequence
{
    /// <summary>More than any model here looks back.</summary>
    private const int ContextLength = 8;

    private readonly ISequenceModel _model;
    private readonly SamplingParameters _parameters;
    private readonly EngineTokenizer _tokenizer;
    private readonly TokenSampler _sampler;
    private readonly IncrementalDecoder _decoder;
    private readonly StopStringMatcher _text;
    private readonly List<int> _recent;
    private readonly int _recentPrompt;
    private readonly int _maxTokens;
    private volatile bool _abortRequested;

    public Sequence(int index, int choice, int[] prompt, IEngineModel model, SamplingParameters parameters, EngineTokenizer tokenizer)
    {
        Index = index;
        Prompt = prompt;
        _model = model.Start(prompt, choice);
        _parameters = parameters;
        _tokenizer = tokenizer;
        _sampler = new TokenSampler(_model, parameters, prompt, tokenizer.EndTokens, choice);
        _decoder = tokenizer.CreateDecoder(parameters.SkipSpecialTokens);
        _text = new StopStringMatcher(parameters.Stop, parameters.IncludeStop);
        _recentPrompt = Math.Min(ContextLength, prompt.Length);
        _recent = [.. prompt[^_recentPrompt..]];
        _maxTokens = Math.Min(parameters.MaxTokens, _model.LengthLimit ?? int.MaxValue);
        TopLogprobs = parameters.TopLogprobs == 0 ? null : [];
        if (_maxTokens == 0)
        {
            Finish("length");
        }
    }

    public int Index { get; }

    public int[] Prompt { get; }

    /// <summary>The sampled tokens.</summary>
    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_recent)[_recentPrompt..];

    public int Count => _recent.Count - _recentPrompt;

    public List<float> Logprobs { get; } = [];

    /// <summary>For each sampled token the best alternatives, best first; null unless asked for.</summary>
    public List<SampledToken[]>? TopLogprobs { get; }

    public List<WeightVersionRange> Versions { get; } = [];

    /// <summary><c>stop</c>, <c>length</c> or <c>abort</c>; null while tokens may come.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The token that stopped generation: a model's end token or one of the request's.</summary>
    public int? MatchedToken { get; private set; }

    /// <summary>Whether <see cref="MatchedToken"/> is one of the request's stop tokens.</summary>
    public bool MatchedRequested { get; private set; }

    public string? MatchedString { get; private set; }

    /// <summary>How much of the text is certain.</summary>
    public int TextLength => _text.SafeLength;

    public string Text(int start) => _text.Text(start, _text.SafeLength - start);

    public void RequestAbort() => _abortRequested = true;

    /// <summary>Samples one token, or finishes where an abort was asked for.</summary>
    public void Step(string weightVersion)
    {
        if (_abortRequested)
        {
            Finish("abort");
            return;
        }

        var generated = Count;
        ReadOnlySpan<int> context = CollectionsMarshal.AsSpan(_recent);
        context = context[Math.Max(0, context.Length - ContextLength)..];
        TopLogprobs?.Add(_sampler.Top(context, generated, _parameters.TopLogprobs));
        var token = _sampler.Next(context, generated);
        _recent.Add(token.Id);
        Logprobs.Add(token.Logprob);
        NoteVersion(weightVersion, generated);
        Judge(token.Id, generated + 1);
    }

    public void Abort()
    {
        if (FinishReason is null)
        {
            Finish("abort");
        }
    }

    private void Judge(int token, int count)
    {
        var mayStop = count > _parameters.MinTokens;
        var requested = mayStop && _parameters.StopTokenIds.Contains(token);
        var ended = mayStop && !_parameters.IgnoreEos && _tokenizer.EndTokens.Contains(token);
        if (requested || ended)
        {
            if (_parameters.IncludeStop)
            {
                AppendText(token, false);
            }

            MatchedToken = token;
            MatchedRequested = !ended;
            Finish("stop");
            return;
        }

        MatchedString = AppendText(token, mayStop);
        if (MatchedString is not null)
        {
            FinishReason = "stop";
        }
        else if (count >= _maxTokens)
        {
            Finish("length");
        }
    }

    private void Finish(string reason)
    {
        _decoder.Flush(_text.Builder);
        _text.Complete();
        FinishReason = reason;
    }

    private string? AppendText(int token, bool mayStop)
    {
        var before = _text.Length;
        _decoder.Append(token, _text.Builder);
        return _text.Advance(before, mayStop);
    }

    private void NoteVersion(string version, int position)
    {
        if (Versions.Count > 0 && Versions[^1].Version == version)
        {
            Versions[^1] = Versions[^1] with { End = position + 1 };
        }
        else
        {
            Versions.Add(new WeightVersionRange(version, position, position + 1));
        }
    }
}
