namespace Atropos.Jinja;

/// <summary>A Python list as templates see it. It never changes after it is made, so that renderings may share it.</summary>
public sealed class JinjaList : JinjaSequence
{
    internal static readonly JinjaList Empty = new([]);

    /// <summary>Makes a list that takes over <paramref name="items"/>, which must not be changed afterwards.</summary>
    /// <param name="items">Template values, such as those that <see cref="JinjaValue.From(object?)"/> gives.</param>
    public JinjaList(params object?[] items)
        : base(items)
    {
        ArgumentNullException.ThrowIfNull(items);
    }
}
