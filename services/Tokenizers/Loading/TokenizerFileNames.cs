using System.IO.Enumeration;

namespace Atropos.Tokenizers.Loading;

/// <summary>The names of the files that make up a tokenizer.</summary>
internal static class TokenizerFileNames
{
    public const string TokenizerJson = "tokenizer.json";

    public const string Config = "tokenizer_config.json";

    public const string SpecialTokensMap = "special_tokens_map.json";

    public const string GenerationConfig = "generation_config.json";

    public const string ChatTemplate = "chat_template.jinja";

    public const string ChatTemplateJson = "chat_template.json";

    /// <summary>The folder of chat templates under other names.</summary>
    public const string AdditionalTemplates = "additional_chat_templates";

    public const string VocabJson = "vocab.json";

    public const string MergesText = "merges.txt";

    /// <summary>The vocabularies, the preferred first; the star stands for any text. <see cref="VocabJson"/> counts only with <see cref="MergesText"/>.</summary>
    public static IReadOnlyList<string> Vocabularies { get; } =
        [TokenizerJson, "tekken.json", "tokenizer.model", "spiece.model", "tiktoken.model", "*.tiktoken", VocabJson];

    /// <summary>What stands beside the vocabulary, each where it is there.</summary>
    public static IReadOnlyList<string> Beside { get; } =
        [Config, SpecialTokensMap, GenerationConfig, ChatTemplate, ChatTemplateJson];

    /// <summary>What a complaint about a missing vocabulary lists.</summary>
    public static string Listed => string.Join(", ", Vocabularies.SkipLast(1)) + $", {VocabJson} with {MergesText}";

    /// <summary>The vocabulary to load among a folder's files; null when there is none.</summary>
    public static string? Choose(IReadOnlyCollection<string> names) => Vocabularies
        .SelectMany(pattern => names.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)).Order(StringComparer.Ordinal))
        .FirstOrDefault(name => name != VocabJson || names.Contains(MergesText));
}
