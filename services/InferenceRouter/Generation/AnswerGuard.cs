using Atropos.InferenceRouter.Dialects;
using Atropos.InferenceRouter.Errors;
using Atropos.Router.V1;
using Grpc.Core;

namespace Atropos.InferenceRouter.Generation;

/// <summary>Checks one engine's answer against what must hold of every answer. What does not hold fails loudly;
/// nothing is padded or guessed.</summary>
internal sealed class AnswerGuard
{
    private readonly EngineCall _call;
    private readonly string _engine;
    private int _tokens;
    private bool _any;

    public AnswerGuard(EngineCall call)
    {
        _call = call;
        _engine = call.Engine.Id;
    }

    /// <summary>Whether ids and log-probabilities are there. Settled by the first tokens.</summary>
    public bool Tracked { get; private set; } = true;

    /// <exception cref="GenerationException">Something is missing or cannot be.</exception>
    public void Check(SampledTokens tokens)
    {
        var whole = tokens.UntrackedText.Length == 0 && tokens.Logprobs.Count > 0;
        if (!_any && !whole)
        {
            AllowUntracked(tokens.TokenIds.Count > 0 ? Reasons.LogprobsMissing : Reasons.TokenIdsMissing);
        }

        _any = true;
        _tokens += tokens.TokenIds.Count;
        if (!Tracked)
        {
            // Half of it is no use: log-probabilities without ids, or of some tokens only.
            if (tokens.Logprobs.Count != tokens.TokenIds.Count)
            {
                tokens.Logprobs.Clear();
                tokens.TopLogprobs.Clear();
            }

            return;
        }

        if (tokens.UntrackedText.Length > 0)
        {
            throw GenerationException.Inexact(Reasons.TokenIdsMissing, $"engine {_engine} stopped reporting token ids after "
                + $"{_tokens} tokens");
        }

        if (tokens.Logprobs.Count != tokens.TokenIds.Count)
        {
            throw GenerationException.Inexact(
                tokens.Logprobs.Count == 0 ? Reasons.LogprobsMissing : Reasons.LogprobsMismatch,
                $"engine {_engine} sent {tokens.Logprobs.Count} log-probabilities for {tokens.TokenIds.Count} tokens");
        }

        if (_call.Request.TopLogprobs > 0 && tokens.TopLogprobs.Count != tokens.TokenIds.Count)
        {
            throw GenerationException.Inexact(
                Reasons.LogprobsMismatch,
                $"engine {_engine} sent {tokens.TopLogprobs.Count} lists of likeliest tokens for {tokens.TokenIds.Count} tokens");
        }

        foreach (var logprob in tokens.Logprobs)
        {
            CheckValue(logprob);
        }
    }

    /// <exception cref="GenerationException">Something is missing or cannot be.</exception>
    public void Check(PromptLogprobs prompt)
    {
        var expected = _call.PromptLength - 1;
        if (prompt.Logprobs.Count != expected || (_call.Request.PromptLogprobs > 0 && prompt.TopLogprobs.Count != expected))
        {
            throw GenerationException.Inexact(
                Reasons.LogprobsMismatch,
                $"engine {_engine} sent {prompt.Logprobs.Count} log-probabilities for a prompt of {_call.PromptLength} tokens");
        }

        foreach (var logprob in prompt.Logprobs)
        {
            CheckValue(logprob);
        }
    }

    /// <summary>Checks the engine's count against ours. A count that the engine did not give is set to ours.</summary>
    /// <exception cref="GenerationException">They differ.</exception>
    public void Check(GenerationUsage usage)
    {
        if (usage.PromptTokens < 0)
        {
            usage.PromptTokens = _call.PromptLength;
        }

        if (usage.CompletionTokens < 0)
        {
            usage.CompletionTokens = _tokens;
        }

        if (!_any && usage.CompletionTokens > 0)
        {
            AllowUntracked(Reasons.TokenIdsMissing);
        }

        if (!Tracked)
        {
            return;
        }

        if (usage.PromptTokens != _call.PromptLength)
        {
            throw GenerationException.Inexact(
                Reasons.PromptMismatch, $"engine {_engine} counts {usage.PromptTokens} tokens in a prompt of {_call.PromptLength}");
        }

        if (usage.CompletionTokens != _tokens)
        {
            throw GenerationException.Inexact(
                Reasons.TokenCountMismatch, $"engine {_engine} counts {usage.CompletionTokens} sampled tokens and sent {_tokens}");
        }
    }

    private void AllowUntracked(string reason)
    {
        Tracked = false;
        if (!_call.Request.AllowUntracked)
        {
            var what = reason == Reasons.LogprobsMissing ? "log-probabilities" : "token ids";
            throw new GenerationException(
                StatusCode.FailedPrecondition,
                reason,
                $"engine {_engine} reports no {what}, so its answer cannot be trained on; update it (vLLM: 0.10.2 or later "
                    + "for return_token_ids), or set allow_untracked");
        }
    }

    private void CheckValue(float logprob)
    {
        if (float.IsNaN(logprob) || logprob <= ExactValues.Floor)
        {
            throw GenerationException.Inexact(Reasons.LogprobsMissing, $"engine {_engine} left a log-probability open (null, "
                + $"NaN or {ExactValues.Floor})");
        }

        if (logprob > ExactValues.Ceiling)
        {
            throw GenerationException.Inexact(
                Reasons.LogprobOutOfRange,
                $"engine {_engine} reports {logprob} as a log-probability, which is above 0: it reports logits or "
                    + "probabilities (vLLM: --logprobs-mode)");
        }
    }
}
