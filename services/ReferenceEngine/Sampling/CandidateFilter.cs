namespace Atropos.ReferenceEngine;

/// <summary>Top-k, then top-p, then min-p, then one draw among what is left. Weights of zero or below are never picked.</summary>
internal sealed class CandidateFilter(SamplingParameters parameters)
{
    private readonly List<(double Weight, int Token)> _candidates = [];

    public int Pick(ReadOnlySpan<double> weights, double uniform)
    {
        var best = 0;
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            total += Math.Max(weights[i], 0);
            if (weights[i] > weights[best])
            {
                best = i;
            }
        }

        if (parameters.IsGreedy || parameters.TopK == 1 || total <= 0)
        {
            return best;
        }

        if (parameters.TopK <= 0 && parameters.TopP >= 1 && parameters.MinP <= 0)
        {
            return Draw(weights, uniform * total, best);
        }

        Collect(weights, weights[best], total);
        var kept = Cut(total, weights[best]);
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            sum += _candidates[i].Weight;
        }

        var target = uniform * sum;
        for (var i = 0; i < kept; i++)
        {
            target -= _candidates[i].Weight;
            if (target < 0)
            {
                return _candidates[i].Token;
            }
        }

        return _candidates[kept - 1].Token;
    }

    private static int Draw(ReadOnlySpan<double> weights, double target, int fallback)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            target -= weights[i];
            if (target < 0)
            {
                return i;
            }
        }

        return fallback;
    }

    /// <summary>
    /// Gathers, best first, every token that can survive, so that only those are sorted. Without top-k, tokens lighter than (1 - top_p) of the average weigh together less than what
    /// top-p cuts off.
    /// </summary>
    private void Collect(ReadOnlySpan<double> weights, double best, double total)
    {
        var floor = Math.Max(parameters.MinP * best, double.Epsilon);
        if (parameters.TopK > 0)
        {
            floor = Math.Max(floor, TopTokens.Threshold(weights, parameters.TopK));
        }
        else if (parameters.TopP < 1)
        {
            floor = Math.Max(floor, (1 - parameters.TopP) * total / weights.Length);
        }

        _candidates.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] >= floor)
            {
                _candidates.Add((weights[i], i));
            }
        }

        _candidates.Sort(static (a, b) => a.Weight != b.Weight ? b.Weight.CompareTo(a.Weight) : a.Token.CompareTo(b.Token));
    }

    private int Cut(double total, double best)
    {
        var kept = _candidates.Count;
        if (parameters.TopK > 0 && parameters.TopK < kept)
        {
            kept = parameters.TopK;
        }

        if (parameters.TopP < 1)
        {
            var mass = parameters.TopK > 0 ? Mass(kept) : total;
            var needed = parameters.TopP * mass;
            for (var i = 0; i < kept; i++)
            {
                needed -= _candidates[i].Weight;
                if (needed <= 0)
                {
                    kept = i + 1;
                    break;
                }
            }
        }

        var floor = parameters.MinP * best;
        while (kept > 1 && _candidates[kept - 1].Weight < floor)
        {
            kept--;
        }

        return kept;
    }

    private double Mass(int kept)
    {
        var sum = 0.0;
        for (var i = 0; i < kept; i++)
        {
            sum += _candidates[i].Weight;
        }

        return sum;
    }
}
