namespace Atropos.Jinja;

/// <summary>Bounds on one rendering. Templates come from strangers: each of these ends a hostile one with a
/// <see cref="TemplateLimitException"/>.</summary>
public sealed class TemplateLimits
{
    internal static readonly TemplateLimits Default = new();

    /// <summary>Most units of work: statements run, loop items visited, and one per 16 characters or items copied.</summary>
    /// <value>Default: 20,000,000.</value>
    public long MaxSteps { get; init; } = 20_000_000;

    /// <summary>Most UTF-16 characters in the rendered text, and in any string made on the way.</summary>
    /// <value>Default: 64 Mi characters.</value>
    public int MaxOutputLength { get; init; } = 64 << 20;

    /// <summary>Most items in a list or a range made by the template.</summary>
    /// <value>Default: 100,000, as Jinja2's sandbox has it.</value>
    public int MaxRangeSize { get; init; } = 100_000;

    /// <summary>Deepest nesting of macro calls and recursive loops.</summary>
    /// <value>Default: 200.</value>
    public int MaxRecursionDepth { get; init; } = 200;
}
