using Atropos.Tokenizers.Formats;

namespace Atropos.Tokenizers.Loading;

/// <summary>The contents of a tokenizer's files; empty where a file is not there.</summary>
internal sealed record TokenizerFiles
{
    /// <summary>tokenizer.json, or what another format was turned into.</summary>
    public ReadOnlyMemory<byte> Tokenizer { get; init; }

    /// <summary>The name of the file that <see cref="Tokenizer"/> came from.</summary>
    public string TokenizerName { get; init; } = TokenizerFileNames.TokenizerJson;

    /// <summary>What the vocabulary's own format tells about special tokens.</summary>
    public RoleTokens Roles { get; init; } = new();

    public ReadOnlyMemory<byte> Config { get; init; }

    public ReadOnlyMemory<byte> SpecialTokensMap { get; init; }

    public ReadOnlyMemory<byte> GenerationConfig { get; init; }

    public string? ChatTemplate { get; init; }

    /// <summary>chat_template.json, in which processors keep their template.</summary>
    public ReadOnlyMemory<byte> ChatTemplateJson { get; init; }

    public IReadOnlyDictionary<string, string> AdditionalChatTemplates { get; init; } = new Dictionary<string, string>();

    /// <summary>What errors put before the file's name.</summary>
    public string Folder { get; init; } = "";
}
