namespace Atropos.Jinja;

/// <summary>How a template's source is read. The defaults are those of transformers' <c>apply_chat_template</c>.</summary>
public sealed class TemplateOptions
{
    internal static readonly TemplateOptions Default = new();

    /// <summary>Whether the first newline after a block tag is dropped.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool TrimBlocks { get; init; } = true;

    /// <summary>Whether white space before a block tag that starts its line is dropped.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool LstripBlocks { get; init; } = true;

    /// <summary>Whether a single newline at the end of the source is kept.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>Most UTF-16 characters of a source; a longer one is refused before it is read.</summary>
    /// <value>Default: 256 Ki characters.</value>
    public int MaxSourceLength { get; init; } = 256 << 10;

    /// <summary>The clock that <c>strftime_now</c> reads, in its local time zone, and that <see cref="TemplateLimits.MaxTime"/> goes by.</summary>
    /// <value>Default: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
