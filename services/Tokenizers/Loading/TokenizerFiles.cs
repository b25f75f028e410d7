namespace Atropos.Tokenizers.Loading;

/// <summary>The contents of a tokenizer's files; empty where a file is not there.</summary>
internal sealed record TokenizerFiles
{
    public ReadOnlyMemory<byte> Tokenizer { get; init; }

    public ReadOnlyMemory<byte> Config { get; init; }

    public ReadOnlyMemory<byte> SpecialTokensMap { get; init; }

    public ReadOnlyMemory<byte> GenerationConfig { get; init; }

    public string? ChatTemplate { get; init; }

    public IReadOnlyDictionary<string, string> AdditionalChatTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>What errors put before the file's name.</summary>
    public string Folder { get; init; } = "";
}
