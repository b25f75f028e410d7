namespace Atropos.Transcoding.Routing;

/// <summary>One segment of a path template: a literal, or <c>*</c> or <c>**</c> where <see cref="Literal"/> is null.</summary>
/// <param name="Literal">The text to match, or null.</param>
/// <param name="Rest">Whether the segment takes all that follows.</param>
internal readonly record struct PathSegment(string? Literal, bool Rest);
