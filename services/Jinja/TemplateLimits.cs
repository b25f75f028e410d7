namespace Atropos.Jinja;

/// <summary>Bounds on one rendering. Templates come from strangers: each of these ends a hostile one with a
/// <see cref="TemplateLimitException"/>.</summary>
public sealed class TemplateLimits
{
    internal static readonly TemplateLimits Default = new();

    /// <summary>Most units of work: parts of statements and expressions run, loop items visited, and one per 16 characters or items
    /// copied.</summary>
    /// <value>Default: 50,000,000.</value>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>Most bytes that a rendering allocates for texts, lists, dicts and large integers. Memory that it no longer uses
    /// stays counted; the caller's variables never are.</summary>
    /// <value>Default: 512 MiB.</value>
    public long MaxMemory { get; init; } = 512L << 20;

    /// <summary>Longest time a rendering takes, by the clock of <see cref="TemplateOptions.TimeProvider"/>;
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no such limit.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);

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
