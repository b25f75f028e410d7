namespace Atropos.InferenceRouter.Balancing;

/// <summary>What a request wants of its engine.</summary>
/// <param name="Model">The model that it must serve.</param>
/// <param name="PreferredEngine">Its id where one is preferred; empty if any will do.</param>
/// <param name="Pinned">Whether no other will do.</param>
/// <param name="AffinityKey">What requests that should stay together share.</param>
/// <param name="Tried">Ids of engines that failed this request; taken again only where no other is left.</param>
internal sealed record EngineWish(string Model, string PreferredEngine, bool Pinned, string AffinityKey, IReadOnlySet<string> Tried);
