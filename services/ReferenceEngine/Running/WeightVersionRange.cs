namespace Atropos.ReferenceEngine;

/// <summary>Output tokens from <paramref name="Start"/> to before <paramref name="End"/> were sampled by one policy version.</summary>
internal readonly record struct WeightVersionRange(string Version, int Start, int End);
