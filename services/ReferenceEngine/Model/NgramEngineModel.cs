using Atropos.ReferenceModel;

namespace Atropos.ReferenceEngine;

/// <summary>The n-gram language model, served as <c>reference</c>.</summary>
internal sealed class NgramEngineModel(NgramLanguageModel model) : IEngineModel
{
    public string Name => ReferenceEngineModels.Reference;

    public ISequenceModel Start(ReadOnlySpan<int> prompt, int choice) => new NgramSequence(model);

    private sealed class NgramSequence(NgramLanguageModel model) : ISequenceModel
    {
        private double[]? _unigramPowers;
        private double _exponent;

        public int VocabularySize => model.VocabularySize;

        public int? LengthLimit => null;

        public bool TryGetForced(int generated, out int token)
        {
            token = 0;
            return false;
        }

        public int Sample(ReadOnlySpan<int> context, int generated, double uniform) => model.Sample(context, uniform);

        public double Probability(ReadOnlySpan<int> context, int generated, int token) => model.Probability(context, token);

        public void FillPowers(ReadOnlySpan<int> context, int generated, double exponent, Span<double> destination)
        {
            if (exponent == 1)
            {
                model.FillProbabilities(context, destination);
                return;
            }

            if (_unigramPowers is null || exponent != _exponent)
            {
                // A sequence has one temperature: raising the unigrams once leaves only the seen n-grams for each token.
                _unigramPowers ??= new double[model.VocabularySize];
                for (var i = 0; i < _unigramPowers.Length; i++)
                {
                    _unigramPowers[i] = Math.Pow(model.Unigrams[i], exponent);
                }

                _exponent = exponent;
            }

            model.FillPowers(context, exponent, _unigramPowers, destination);
        }
    }
}
