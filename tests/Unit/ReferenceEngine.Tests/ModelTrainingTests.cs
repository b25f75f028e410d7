using Atropos.ModelTrainer;
using Atropos.ReferenceModel;
using Atropos.Tokenizers;

namespace Atropos.ReferenceEngine.Tests;

public sealed class ModelTrainingTests
{
    private static readonly TrainingSettings Small = TrainingSettings.Default with { CorpusBytes = 60_000, VocabularySize = 600, Seed = 5 };

    [Fact]
    public void Training_twice_gives_the_same_bytes()
    {
        var first = ModelTraining.Train(CorpusGenerator.Generate(Small.CorpusBytes, Small.Seed), Small);
        var second = ModelTraining.Train(CorpusGenerator.Generate(Small.CorpusBytes, Small.Seed), Small);
        Assert.Equal(["chat_template.jinja", "generation_config.json", "ngram.bin", "tokenizer.json", "tokenizer_config.json"], first.Keys);
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
    }

    [Fact]
    public void Training_on_the_full_corpus_gives_the_embedded_files()
    {
        var corpus = CorpusGenerator.Generate(TrainingSettings.Default.CorpusBytes, TrainingSettings.Default.Seed);
        var files = ModelTraining.Train(corpus, TrainingSettings.Default);
        Assert.Equal(ReferenceModelAssets.TokenizerJson.ToArray(), files["tokenizer.json"]);
        Assert.Equal(ReferenceModelAssets.TokenizerConfigJson.ToArray(), files["tokenizer_config.json"]);
        Assert.Equal(ReferenceModelAssets.GenerationConfigJson.ToArray(), files["generation_config.json"]);
        Assert.Equal(ReferenceModelAssets.ChatTemplate, System.Text.Encoding.UTF8.GetString(files["chat_template.jinja"]));
        Assert.Equal(NgramLanguageModel.Load().Unigrams.ToArray(), NgramLanguageModel.Load(files["ngram.bin"]).Unigrams.ToArray());
    }

    [Fact]
    public void Trained_tokenizer_and_model_of_a_small_corpus_work_together()
    {
        var files = ModelTraining.Train(CorpusGenerator.Generate(Small.CorpusBytes, Small.Seed), Small);
        var tokenizer = Tokenizer.FromJson(files["tokenizer.json"], files["tokenizer_config.json"]);
        var model = NgramLanguageModel.Load(files["ngram.bin"]);
        Assert.Equal(600, tokenizer.VocabularySize);
        Assert.Equal(600, model.VocabularySize);
        const string Text = "Hello, wörld! 你好 👋\n\n  x = 42;";
        Assert.Equal(Text, tokenizer.Decode(tokenizer.Encode(Text, false), false));
        var all = new double[600];
        model.FillProbabilities(tokenizer.Encode("<|im_start|>assistant\n", false), all);
        Assert.Equal(1, all.Sum(), 9);
    }

    [Fact]
    public void Embedded_files_stay_under_two_megabytes()
    {
        var total = ReferenceModelAssets.TokenizerJson.Length + ReferenceModelAssets.TokenizerConfigJson.Length
            + typeof(ReferenceModelAssets).Assembly.GetManifestResourceStream("ngram.bin")!.Length;
        Assert.InRange(total, 100_000, 2_000_000);
    }
}
