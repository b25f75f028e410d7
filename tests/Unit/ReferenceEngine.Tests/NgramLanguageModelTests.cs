using Atropos.ReferenceModel;

namespace Atropos.ReferenceEngine.Tests;

public sealed class NgramLanguageModelTests
{
    private static readonly NgramLanguageModel Model = NgramLanguageModel.Load();
    private static readonly Tokenizers.Tokenizer Tokenizer = ReferenceModelAssets.CreateTokenizer();

    public static TheoryData<string> Contexts => ["", "Hello", "<|im_start|>assistant\n", "What is the weather in", "zzqx \u0001", "Once upon a"];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Probabilities_sum_to_one_are_positive_and_equal_those_of_single_tokens(string text)
    {
        var context = Tokenizer.Encode(text, false);
        var all = new double[Model.VocabularySize];
        Model.FillProbabilities(context, all);
        Assert.Equal(1, all.Sum(), 9);
        for (var token = 0; token < all.Length; token++)
        {
            Assert.True(all[token] > 0);
            Assert.Equal(all[token], Model.Probability(context, token));
        }
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Powers_are_the_probabilities_to_that_power(string text)
    {
        var context = Tokenizer.Encode(text, false);
        var all = new double[Model.VocabularySize];
        var powers = new double[Model.VocabularySize];
        Model.FillProbabilities(context, all);
        Model.FillPowers(context, 1.7, Model.Unigrams.ToArray().Select(value => Math.Pow(value, 1.7)).ToArray(), powers);
        Assert.All(all.Zip(powers), pair => Assert.Equal(1, pair.Second / Math.Pow(pair.First, 1.7), 9));
    }

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Sample_over_evenly_spaced_numbers_gives_each_token_its_share(string text)
    {
        const int Draws = 200_000;
        var context = Tokenizer.Encode(text, false);
        var counts = new int[Model.VocabularySize];
        for (var i = 0; i < Draws; i++)
        {
            counts[Model.Sample(context, (i + 0.5) / Draws)]++;
        }

        for (var token = 0; token < counts.Length; token++)
        {
            // Each length of n-gram may hold a piece of the token, and each piece is off by one draw at most at either end.
            var expected = Model.Probability(context, token) * Draws;
            Assert.InRange(counts[token], expected - 10, expected + 10);
        }
    }

    [Fact]
    public void Scoring_and_sampling_allocate_nothing()
    {
        var context = Tokenizer.Encode("Tell me a", false);
        var all = new double[Model.VocabularySize];
        Model.FillLogProbabilities(context, all);
        Model.Sample(context, 0.5);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Model.FillLogProbabilities(context, all);
        Model.LogProbability(context, 5);
        Model.Sample(context, 0.3);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Load_of_something_else_says_so()
    {
        Assert.Throws<InvalidDataException>(() => NgramLanguageModel.Load("nonsense"u8));
        Assert.Throws<InvalidDataException>(() => NgramLanguageModel.Load("ATNG\u0001\u0004"u8));
    }
}
