namespace Atropos.Jinja;

/// <summary>A Python tuple as templates see it.</summary>
public sealed class JinjaTuple : JinjaSequence
{
    internal static readonly JinjaTuple Empty = new([]);

    /// <summary>Whether this is a group of <c>groupby</c>, whose two items have names as well.</summary>
    internal bool IsGroup { get; init; }

    /// <summary>Makes a tuple that takes over <paramref name="items"/>, which must not be changed afterwards.</summary>
    /// <param name="items">Template values, such as those that <see cref="JinjaValue.From(object?)"/> gives.</param>
    public JinjaTuple(params object?[] items)
        : base(items)
    {
        ArgumentNullException.ThrowIfNull(items);
    }
}
