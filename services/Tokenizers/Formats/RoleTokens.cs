namespace Atropos.Tokenizers.Formats;

/// <summary>The special tokens by role that the vocabulary's own file tells; what stands in tokenizer_config.json comes before them.</summary>
internal sealed record RoleTokens(string? Bos = null, string? Eos = null, string? Unk = null, string? Pad = null);
