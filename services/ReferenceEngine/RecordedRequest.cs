namespace Atropos.ReferenceEngine;

/// <summary>A generation request as it arrived, and what was generated for it.</summary>
/// <param name="Path">The path of the URL.</param>
/// <param name="Headers">Header names (any case) to values; several values are joined by a comma.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Choices">One entry for each prompt and choice, prompt by prompt.</param>
public sealed record RecordedRequest(
    string Path,
    IReadOnlyDictionary<string, string> Headers,
    ReadOnlyMemory<byte> Body,
    string Model,
    IReadOnlyList<RecordedChoice> Choices);
