namespace Atropos.Tokenizers.Formats;

/// <summary>A vocabulary of another format as the tokenizer.json that means the same.</summary>
/// <remarks>
/// Going through the text of tokenizer.json keeps one way by which pipelines are built: what a format can say is what that file can
/// say, and every component is read, checked and refused in one place. It costs a serialization of a few megabytes once a load.
/// </remarks>
internal sealed record Conversion(ReadOnlyMemory<byte> Json, RoleTokens Roles);
