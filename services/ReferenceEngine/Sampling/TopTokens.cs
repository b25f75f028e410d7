namespace Atropos.ReferenceEngine;

/// <summary>Finds the heaviest entries of a distribution.</summary>
internal static class TopTokens
{
    /// <summary>The weight that at least <paramref name="count"/> entries reach, and no more than that but for ties.</summary>
    public static double Threshold(ReadOnlySpan<double> weights, int count)
    {
        if (count >= weights.Length)
        {
            return double.NegativeInfinity;
        }

        var heap = new PriorityQueue<bool, double>(count + 1);
        foreach (var weight in weights)
        {
            if (heap.Count < count)
            {
                heap.Enqueue(true, weight);
            }
            else if (heap.TryPeek(out _, out var lightest) && weight > lightest)
            {
                heap.EnqueueDequeue(true, weight);
            }
        }

        return heap.TryPeek(out _, out var threshold) ? threshold : double.NegativeInfinity;
    }

    /// <summary>The <paramref name="count"/> heaviest, best first; equal weights by token.</summary>
    /// <param name="weights">One weight for each token.</param>
    /// <param name="count">How many.</param>
    /// <param name="total">What the weights sum to.</param>
    public static SampledToken[] Select(ReadOnlySpan<double> weights, int count, double total)
    {
        count = Math.Min(count, weights.Length);
        var heap = new PriorityQueue<int, (double Weight, int Order)>(count + 1);
        for (var i = 0; i < weights.Length && count > 0; i++)
        {
            var priority = (weights[i], -i);
            if (heap.Count < count)
            {
                heap.Enqueue(i, priority);
            }
            else if (heap.TryPeek(out _, out var lightest) && weights[i] > lightest.Weight)
            {
                heap.EnqueueDequeue(i, priority);
            }
        }

        var top = new SampledToken[heap.Count];
        for (var i = top.Length - 1; i >= 0; i--)
        {
            var token = heap.Dequeue();
            top[i] = SampledToken.Of(token, weights[token] / total);
        }

        return top;
    }
}
