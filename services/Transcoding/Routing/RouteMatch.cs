namespace Atropos.Transcoding.Routing;

/// <summary>What a path and verb lead to.</summary>
/// <param name="Target">The methods, or null.</param>
/// <param name="Segments">The path's segments, the verb suffix cut off.</param>
/// <param name="Allowed">Where there is no target: the HTTP verbs that the path has.</param>
internal readonly record struct RouteMatch(RouteTarget? Target, string[] Segments, IReadOnlyCollection<string> Allowed);
