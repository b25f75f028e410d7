namespace Atropos.Tokenizers.Hub;

/// <summary>A revision as the hub lists it.</summary>
/// <param name="Commit">The commit that it points to.</param>
/// <param name="Files">The paths of its files.</param>
internal sealed record ModelListing(string Commit, IReadOnlyList<string> Files);
