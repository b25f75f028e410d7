using System.Text;

namespace Atropos.ModelTrainer;

/// <summary>From text to the files of a model.</summary>
public static class ModelTraining
{
    /// <summary>Tokens that the model treats as marks rather than text, and those that are text with an id of their own.</summary>
    public static IReadOnlyList<AddedToken> AddedTokens { get; } =
    [
        new("<|endoftext|>", true),
        new("<|im_start|>", true),
        new("<|im_end|>", true),
        new("<tool_call>", false),
        new("</tool_call>", false),
        new("<think>", false),
        new("</think>", false),
    ];

    /// <summary>Trains the tokenizer and the language model.</summary>
    /// <param name="documents">The corpus; each document is text with its special tokens written out.</param>
    /// <param name="settings">Sizes and thresholds.</param>
    /// <returns>File name to content.</returns>
    public static IReadOnlyDictionary<string, byte[]> Train(IReadOnlyList<string> documents, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(settings);

        var words = new WordCounts(AddedTokens);
        foreach (var document in documents)
        {
            words.Add(document);
        }

        var vocabulary = BpeTrainer.Train(words, settings.VocabularySize - AddedTokens.Count, AddedTokens);
        var encoder = new CorpusEncoder(vocabulary);
        var ids = new List<int>();
        foreach (var document in documents)
        {
            encoder.Encode(document, ids);
            ids.Add(vocabulary.AddedId("<|endoftext|>"));
        }

        var template = CorpusGenerator.ReadResource("chat_template.jinja");
        return new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["chat_template.jinja"] = Encoding.UTF8.GetBytes(template),
            ["generation_config.json"] = TokenizerFiles.GenerationConfig(vocabulary),
            ["ngram.bin"] = NgramTrainer.Train(ids, vocabulary.Count, settings),
            ["tokenizer.json"] = TokenizerFiles.Tokenizer(vocabulary),
            ["tokenizer_config.json"] = TokenizerFiles.TokenizerConfig(vocabulary, template),
        };
    }
}
