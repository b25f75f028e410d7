namespace Atropos.ReferenceEngine;

/// <summary>
/// Penalties and bias, as vLLM and SGLang define them: the repetition penalty looks at prompt and completion, the presence and frequency
/// penalties at the completion. Logits here are log-probabilities, so they are never positive before adjustment.
/// </summary>
internal sealed class LogitAdjuster
{
    private readonly SamplingParameters _parameters;
    private readonly HashSet<int> _seen = [];
    private readonly Dictionary<int, int> _generated = [];

    public LogitAdjuster(SamplingParameters parameters, ReadOnlySpan<int> prompt)
    {
        _parameters = parameters;
        foreach (var token in prompt)
        {
            _seen.Add(token);
        }
    }

    public void Count(int token)
    {
        _seen.Add(token);
        _generated[token] = _generated.GetValueOrDefault(token) + 1;
    }

    /// <summary>Turns probabilities into weights: adjusted logits divided by the temperature, exponentiated.</summary>
    public void Apply(Span<double> weights, double exponent)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Log(weights[i]);
        }

        foreach (var token in _seen)
        {
            weights[token] *= weights[token] < 0 ? _parameters.RepetitionPenalty : 1 / _parameters.RepetitionPenalty;
        }

        foreach (var (token, count) in _generated)
        {
            weights[token] -= _parameters.PresencePenalty + (count * _parameters.FrequencyPenalty);
        }

        foreach (var (token, bias) in _parameters.LogitBias)
        {
            weights[token] += bias;
        }

        var highest = double.NegativeInfinity;
        foreach (var logit in weights)
        {
            highest = Math.Max(highest, logit);
        }

        for (var i = 0; i < weights.Length; i++)
        {
            // The smallest normal number instead of zero keeps every logarithm finite.
            weights[i] = Math.Max(Math.Exp((weights[i] - highest) * exponent), 2.3e-308);
        }
    }
}
