namespace Atropos.ModelTrainer;

/// <summary>A token that is matched in text before anything is split.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Special">Whether decoding may skip it.</param>
public sealed record AddedToken(string Content, bool Special);
