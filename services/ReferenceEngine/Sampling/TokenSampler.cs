using System.Runtime.InteropServices;

namespace Atropos.ReferenceEngine;

/// <summary>
/// Draws the tokens of one sequence. A plain request (temperature 1, nothing else) costs time that does not depend on the vocabulary;
/// anything else takes passes over all of it.
/// </summary>
internal sealed class TokenSampler
{
    /// <summary>Above this power (a temperature below a twentieth) even the best token's weight could underflow.</summary>
    private const double HighestPlainExponent = 20;

    private readonly ISequenceModel _model;
    private readonly SamplingParameters _parameters;
    private readonly HashSet<int> _stops;
    private readonly LogitAdjuster? _adjuster;
    private readonly CandidateFilter _filter;
    private Xoshiro256 _random;
    private double[]? _weights;

    public TokenSampler(
        ISequenceModel model, SamplingParameters parameters, ReadOnlySpan<int> prompt, IReadOnlyList<int> endTokens, int choice)
    {
        _model = model;
        _parameters = parameters;
        _stops = [.. endTokens.Concat(parameters.StopTokenIds).Where(id => id >= 0 && id < model.VocabularySize)];
        _adjuster = parameters.ChangesLogits ? new LogitAdjuster(parameters, prompt) : null;
        _filter = new CandidateFilter(parameters);
        _random = new Xoshiro256(parameters.Seed, choice);
    }

    /// <summary>Draws the next token.</summary>
    /// <param name="context">The last tokens of prompt and completion.</param>
    /// <param name="generated">How many tokens have been generated.</param>
    public SampledToken Next(ReadOnlySpan<int> context, int generated)
    {
        var masksStops = generated < _parameters.MinTokens;
        var forced = _model.TryGetForced(generated, out var token);
        if (!forced && _parameters.IsPlain && !masksStops)
        {
            token = _model.Sample(context, generated, _random.NextDouble());
            return SampledToken.Of(token, _model.Probability(context, generated, token));
        }

        var rawWanted = _parameters.LogprobKind == LogprobKind.Raw;
        if (forced && (rawWanted || (_parameters.Exponent == 1 && _adjuster is null)))
        {
            return SampledToken.Of(token, _model.Probability(context, generated, token));
        }

        var weights = FillWeights(context, generated);
        if (!forced)
        {
            if (masksStops)
            {
                Span<double> masked = weights;
                foreach (var stop in _stops)
                {
                    masked[stop] = -masked[stop];
                }

                token = _filter.Pick(masked, _random.NextDouble());
                foreach (var stop in _stops)
                {
                    masked[stop] = -masked[stop];
                }
            }
            else
            {
                token = _filter.Pick(weights, _random.NextDouble());
            }
        }

        var probability = rawWanted ? _model.Probability(context, generated, token) : weights[token] / Sum(weights);
        _adjuster?.Count(token);
        return SampledToken.Of(token, probability);
    }

    /// <summary>The most probable tokens at a position, best first, in the distribution that logprobs are reported of.</summary>
    /// <remarks>Call before <see cref="Next"/> for the same position: penalties count what was sampled.</remarks>
    public SampledToken[] Top(ReadOnlySpan<int> context, int generated, int count)
    {
        var raw = _parameters.LogprobKind == LogprobKind.Raw;
        Span<double> weights = _weights ??= new double[_model.VocabularySize];
        if (raw)
        {
            _model.FillPowers(context, generated, 1, weights);
        }
        else
        {
            FillWeights(context, generated);
        }

        return TopTokens.Select(weights, count < 0 ? weights.Length : count, raw ? 1 : Sum(weights));
    }

    private Span<double> FillWeights(ReadOnlySpan<int> context, int generated)
    {
        Span<double> weights = _weights ??= new double[_model.VocabularySize];
        if (_adjuster is null && _parameters.Exponent <= HighestPlainExponent)
        {
            _model.FillPowers(context, generated, _parameters.Exponent, weights);
            return weights;
        }

        _model.FillPowers(context, generated, 1, weights);
        if (_adjuster is not null)
        {
            _adjuster.Apply(weights, _parameters.Exponent);
            return weights;
        }

        var highest = 0.0;
        foreach (var weight in weights)
        {
            highest = Math.Max(highest, weight);
        }

        foreach (ref var weight in weights)
        {
            weight = Math.Pow(weight / highest, _parameters.Exponent);
        }

        return weights;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, System.Numerics.Vector<double>>(values);
        var sums = System.Numerics.Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            sums += vector;
        }

        var sum = System.Numerics.Vector.Sum(sums);
        foreach (var value in values[(vectors.Length * System.Numerics.Vector<double>.Count)..])
        {
            sum += value;
        }

        return sum;
    }
}
