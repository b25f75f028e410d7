namespace Atropos.ReferenceModel;

/// <summary>
/// A language model that interpolates n-grams with absolute discounting, down to the uniform distribution, so that every token has a
/// probability above zero after every context. Immutable; any number of threads may use one instance. No member allocates after loading.
/// </summary>
public sealed class NgramLanguageModel
{
    internal const int MaximumOrder = 8;

    private readonly double _discount;
    private readonly int _tokensInCorpus;
    private readonly NgramLevel[] _levels;
    private readonly double[] _unigrams;

    internal NgramLanguageModel(int vocabularySize, double discount, int tokensInCorpus, NgramLevel[] levels)
    {
        VocabularySize = vocabularySize;
        _discount = discount;
        _tokensInCorpus = tokensInCorpus;
        _levels = levels;
        _unigrams = new double[vocabularySize];
        var root = new Node(levels[0], 0, tokensInCorpus, discount);
        _unigrams.AsSpan().Fill(root.Backoff / vocabularySize);
        for (var i = root.Start; i < root.End; i++)
        {
            _unigrams[levels[0].Tokens[i]] += root.Seen(i);
        }
    }

    /// <summary>Token ids are from 0 to this number, which is not one of them.</summary>
    public int VocabularySize { get; }

    /// <summary>Length of the longest n-gram: the model looks at the last <c>Order - 1</c> tokens of a context.</summary>
    public int Order => _levels.Length;

    /// <summary>The probability of each token where nothing is known about the context.</summary>
    public ReadOnlySpan<double> Unigrams => _unigrams;

    /// <summary>Loads the embedded model.</summary>
    /// <returns>A model; load once and share.</returns>
    public static NgramLanguageModel Load() => Load(ReferenceModelAssets.Read("ngram.bin"));

    /// <summary>Loads a model from the file that the trainer writes.</summary>
    /// <param name="data">The whole file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidDataException">The data is not such a file.</exception>
    public static NgramLanguageModel Load(ReadOnlySpan<byte> data) => new NgramModelReader(data).Read();

    /// <summary>The probability of a token after a context.</summary>
    /// <param name="context">The tokens before it, oldest first; only the last few matter. Ids outside of the vocabulary are never seen contexts.</param>
    /// <param name="token">A token of the vocabulary.</param>
    /// <returns>A number above 0 and below 1; the same bits that <see cref="FillProbabilities"/> gives for the token.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not in the vocabulary.</exception>
    public double Probability(ReadOnlySpan<int> context, int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, VocabularySize);
        var nodes = default(NodeBuffer);
        var count = FindNodes(context, ref nodes);
        var scale = 1.0;
        for (var k = 0; k < count; k++)
        {
            scale *= nodes[k].Backoff;
        }

        var probability = _unigrams[token] * scale;
        for (var k = 0; k < count; k++)
        {
            scale = k + 1 == count ? 1.0 : ScaleAbove(ref nodes, k, count);
            var entry = nodes[k].Find(token);
            if (entry >= 0)
            {
                probability += nodes[k].Seen(entry) * scale;
            }
        }

        return probability;
    }

    /// <summary>The natural logarithm of <see cref="Probability"/>.</summary>
    /// <param name="context">The tokens before it, oldest first.</param>
    /// <param name="token">A token of the vocabulary.</param>
    /// <returns>A number below 0.</returns>
    public double LogProbability(ReadOnlySpan<int> context, int token) => Math.Log(Probability(context, token));

    /// <summary>The probabilities of all tokens after a context.</summary>
    /// <param name="context">The tokens before, oldest first.</param>
    /// <param name="destination">Filled; as long as the vocabulary. Its sum is one.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void FillProbabilities(ReadOnlySpan<int> context, Span<double> destination)
    {
        if (destination.Length != VocabularySize)
        {
            throw new ArgumentException($"The destination has {destination.Length} entries, the vocabulary {VocabularySize}.", nameof(destination));
        }

        var nodes = default(NodeBuffer);
        var count = FindNodes(context, ref nodes);
        var scale = 1.0;
        for (var k = 0; k < count; k++)
        {
            scale *= nodes[k].Backoff;
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = _unigrams[i] * scale;
        }

        for (var k = 0; k < count; k++)
        {
            scale = k + 1 == count ? 1.0 : ScaleAbove(ref nodes, k, count);
            var node = nodes[k];
            for (var i = node.Start; i < node.End; i++)
            {
                destination[node.Level.Tokens[i]] += node.Seen(i) * scale;
            }
        }
    }

    /// <summary>The log-probabilities of all tokens after a context.</summary>
    /// <param name="context">The tokens before, oldest first.</param>
    /// <param name="destination">Filled; as long as the vocabulary. The sum of its exponentials is one.</param>
    public void FillLogProbabilities(ReadOnlySpan<int> context, Span<double> destination)
    {
        FillProbabilities(context, destination);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Math.Log(destination[i]);
        }
    }

    /// <summary>The probabilities of all tokens after a context, each raised to a power: temperature before normalization.</summary>
    /// <param name="context">The tokens before, oldest first.</param>
    /// <param name="exponent">The power: 1 / temperature.</param>
    /// <param name="unigramPowers">Each of <see cref="Unigrams"/> to that power, so that most tokens need no power of their own.</param>
    /// <param name="destination">Filled; as long as the vocabulary. Its sum is not one.</param>
    /// <exception cref="ArgumentException">A length differs from the vocabulary's.</exception>
    public void FillPowers(ReadOnlySpan<int> context, double exponent, ReadOnlySpan<double> unigramPowers, Span<double> destination)
    {
        if (destination.Length != VocabularySize || unigramPowers.Length != VocabularySize)
        {
            throw new ArgumentException(
                $"The destination has {destination.Length} entries, the powers {unigramPowers.Length}, the vocabulary {VocabularySize}.",
                nameof(destination));
        }

        var nodes = default(NodeBuffer);
        var count = FindNodes(context, ref nodes);
        var scale = 1.0;
        for (var k = 0; k < count; k++)
        {
            scale *= nodes[k].Backoff;
        }

        scale = Math.Pow(scale, exponent);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = unigramPowers[i] * scale;
        }

        // What was seen after a longer context was seen after the shorter one too: the first node has every token that differs.
        if (count > 0)
        {
            var node = nodes[0];
            for (var i = node.Start; i < node.End; i++)
            {
                var token = node.Level.Tokens[i];
                destination[token] = Math.Pow(Probability(context, token), exponent);
            }
        }
    }

    /// <summary>
    /// Draws a token from the distribution after a context, in time that does not depend on the size of the vocabulary: first which length of n-gram
    /// speaks, then which of its tokens.
    /// </summary>
    /// <param name="context">The tokens before, oldest first.</param>
    /// <param name="uniform">A random number from 0 to below 1. The same number gives the same token.</param>
    /// <returns>A token of the vocabulary.</returns>
    public int Sample(ReadOnlySpan<int> context, double uniform)
    {
        var nodes = default(NodeBuffer);
        var rest = uniform;
        for (var k = FindNodes(context, ref nodes) - 1; k >= 0; k--)
        {
            if (nodes[k].TryPick(ref rest, out var token))
            {
                return token;
            }
        }

        return new Node(_levels[0], 0, _tokensInCorpus, _discount).TryPick(ref rest, out var unigram)
            ? unigram
            : Math.Min((int)(rest * VocabularySize), VocabularySize - 1);
    }

    /// <summary>The nodes of the context's suffixes of length 1, 2, … as far as they were seen.</summary>
    private int FindNodes(ReadOnlySpan<int> context, ref NodeBuffer nodes)
    {
        var longest = Math.Min(_levels.Length - 1, context.Length);
        for (var length = 1; length <= longest; length++)
        {
            var entry = 0;
            foreach (var token in context[^length..])
            {
                if ((uint)token >= (uint)VocabularySize)
                {
                    return length - 1;
                }
            }

            for (var k = 0; k < length; k++)
            {
                entry = _levels[k].Find(entry, context[context.Length - length + k]);
                if (entry < 0)
                {
                    return length - 1;
                }
            }

            nodes[length - 1] = new Node(_levels[length], entry, _levels[length - 1].Count(entry), _discount);
        }

        return longest;
    }

    private static double ScaleAbove(ref NodeBuffer nodes, int k, int count)
    {
        var scale = 1.0;
        for (var j = k + 1; j < count; j++)
        {
            scale *= nodes[j].Backoff;
        }

        return scale;
    }

    /// <summary>What was seen after one context.</summary>
    private readonly struct Node
    {
        private readonly double _total;
        private readonly double _discount;

        public Node(NgramLevel level, int parent, int total, double discount)
        {
            Level = level;
            Start = level.Starts[parent];
            End = level.Starts[parent + 1];
            _total = total;
            _discount = discount;
            Parent = parent;
            Kept = level.CountsBefore[End] - level.CountsBefore[Start] - (discount * (End - Start));
        }

        public NgramLevel Level { get; }

        public int Start { get; }

        public int End { get; }

        public double Backoff => (_total - Kept) / _total;

        private int Parent { get; }

        private double Kept { get; }

        public int Find(int token) => Level.Find(Parent, token);

        public double Seen(int entry) => (Level.Count(entry) - _discount) / _total;

        /// <summary>Picks by <paramref name="uniform"/> where it falls on a seen token; otherwise makes it uniform again for the shorter context.</summary>
        public bool TryPick(ref double uniform, out int token)
        {
            var target = uniform * _total;
            if (target >= Kept)
            {
                uniform = Math.Clamp((target - Kept) / (_total - Kept), 0.0, 1.0 - 1e-16);
                token = 0;
                return false;
            }

            var low = Start;
            var high = End - 1;
            var before = Level.CountsBefore[Start];
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (Level.CountsBefore[middle] - before - (_discount * (middle - Start)) <= target)
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            token = Level.Tokens[low];
            return true;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(MaximumOrder)]
    private struct NodeBuffer
    {
        private Node _first;
    }
}
