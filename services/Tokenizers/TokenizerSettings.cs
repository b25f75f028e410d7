namespace Atropos.Tokenizers;

/// <summary>What stands beside the tokenizer itself: special tokens by role, chat templates, limits.</summary>
public sealed record TokenizerSettings
{
    /// <summary>The token that begins a text; null where the model has none.</summary>
    public string? BosToken { get; init; }

    /// <summary>The id of <see cref="BosToken"/>; null where there is none or the vocabulary lacks it.</summary>
    public int? BosTokenId { get; init; }

    /// <summary>The token that ends a text; null where the model has none.</summary>
    public string? EosToken { get; init; }

    /// <summary>The id of <see cref="EosToken"/>; null where there is none or the vocabulary lacks it.</summary>
    public int? EosTokenId { get; init; }

    /// <summary>Every id that ends a generation: <see cref="EosTokenId"/> and those of generation_config.json, each once.</summary>
    public IReadOnlyList<int> EosTokenIds { get; init; } = [];

    /// <summary>The token that fills up batches; null where the model has none.</summary>
    public string? PadToken { get; init; }

    /// <summary>The id of <see cref="PadToken"/>; null where there is none or the vocabulary lacks it.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>The token for what the vocabulary lacks; null where the model has none.</summary>
    public string? UnkToken { get; init; }

    /// <summary>Every special token that is set, by the name of its role: those above, <c>sep_token</c>, <c>cls_token</c>,
    /// <c>mask_token</c>, and the model's own ones, such as <c>image_token</c>. Chat templates know them by these names.</summary>
    public IReadOnlyDictionary<string, string> SpecialTokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Further special tokens, which have no role (<c>additional_special_tokens</c>).</summary>
    public IReadOnlyList<string> AdditionalSpecialTokens { get; init; } = [];

    /// <summary>The default chat template (Jinja); null where there is none.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Chat templates by name, such as <c>tool_use</c>; the default one is under <c>default</c> where it is one of several.</summary>
    public IReadOnlyDictionary<string, string> NamedChatTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>What <c>add_bos_token</c> says; null where it says nothing.</summary>
    public bool? AddBosToken { get; init; }

    /// <summary>The most tokens that the model takes; null where unknown or unlimited.</summary>
    public int? ModelMaxLength { get; init; }

    /// <summary>What <c>clean_up_tokenization_spaces</c> says; decoding does it only where <see cref="DecodeOptions.CleanUpSpaces"/> asks for it.</summary>
    public bool CleanUpTokenizationSpaces { get; init; }
}
