using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Patterns;

namespace Atropos.Tokenizers.Formats.Tiktoken;

/// <summary>What goes with a published vocabulary and stands in no file beside it: its split pattern and special tokens.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="TokenCount">The number of its tokens without special ones.</param>
/// <param name="Pattern">The expression that cuts text into pieces.</param>
internal sealed record TiktokenFamily(string Name, int TokenCount, string Pattern)
{
    private const string Kimi = @"[\p{Han}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+"
        + @"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*"
        + @"(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Every family that is known.</summary>
    public static IReadOnlyList<TiktokenFamily> All { get; } =
    [
        new("gpt2 (r50k_base)", 50256, Gpt2Scanner.Expression) { Listed = _ => Numbered(50256, "<|endoftext|>"), EosToken = "<|endoftext|>" },
        new("cl100k_base", 100256, Cl100kScanner.ThreeDigitExpression)
        {
            Listed = _ =>
            [
                .. Numbered(100257, "<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>"),
                .. Numbered(100276, "<|endofprompt|>"),
            ],
            EosToken = "<|endoftext|>",
        },
        new("o200k_base", 199998, O200kScanner.Expression)
        {
            Listed = _ => [.. Numbered(199999, "<|endoftext|>"), .. Numbered(200018, "<|endofprompt|>")],
            EosToken = "<|endoftext|>",
        },
        new("Llama 3", 128000, Cl100kScanner.ThreeDigitExpression)
        {
            Listed = Llama3Tokens,
            BosToken = "<|begin_of_text|>",
            EosToken = "<|end_of_text|>",
            AddsBos = true,
        },
        new("Llama 4", 200000, O200kScanner.Expression) { BosToken = "<|begin_of_text|>", EosToken = "<|end_of_text|>", AddsBos = true },
        new("Qwen", 151643, Cl100kScanner.OneDigitExpression)
        {
            Listed = first =>
            [
                .. Numbered(first, "<|endoftext|>", "<|im_start|>", "<|im_end|>"),
                .. Enumerable.Range(0, 205).Select(index => DeclaredTokens.Special(first + 3 + index, $"<|extra_{index}|>")),
            ],
            EosToken = "<|endoftext|>",
            Composes = true,
            Codes = ["QWenTokenizer"],
        },
        new("GLM-4", 151329, Cl100kScanner.ThreeDigitExpression) { EosToken = "<|endoftext|>", Codes = ["ChatGLM4Tokenizer"] },
        new("Kimi", 163584, Kimi)
        {
            Reserved = 256,
            BosToken = "[BOS]",
            EosToken = "[EOS]",
            Codes = ["tokenization_kimi.TikTokenTokenizer", "tokenization_moonshot.TikTokenTokenizer"],
        },
    ];

    /// <summary>The special tokens, given the first id behind the vocabulary; null where only tokenizer_config.json can tell them.</summary>
    public Func<int, AddedToken[]>? Listed { get; init; }

    /// <summary>How many ids behind the vocabulary are tokens: those that have no name get <c>&lt;|reserved_token_ID|&gt;</c>.</summary>
    public int Reserved { get; init; }

    public string? BosToken { get; init; }

    public string? EosToken { get; init; }

    /// <summary>Whether a text begins with <see cref="BosToken"/> where tokenizer_config.json does not say otherwise.</summary>
    public bool AddsBos { get; init; }

    /// <summary>Whether text is composed (NFC) first.</summary>
    public bool Composes { get; init; }

    /// <summary>How tokenizer_config.json names the code that tokenizes: a class, or a module and a class.</summary>
    public string[] Codes { get; init; } = [];

    private static AddedToken[] Numbered(int first, params string[] contents) =>
        [.. contents.Select((content, index) => DeclaredTokens.Special(first + index, content))];

    // As since 3.1; 3.0 had reserved tokens in the place of some.
    private static AddedToken[] Llama3Tokens(int first) =>
    [
        .. Numbered(
            first,
            "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>", "<|reserved_special_token_1|>", "<|finetune_right_pad_id|>",
            "<|reserved_special_token_2|>", "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|python_tag|>"),
        .. Enumerable.Range(3, 245).Select(index => DeclaredTokens.Special(first + 8 + index, $"<|reserved_special_token_{index}|>")),
    ];
}
