namespace Atropos.Jinja.Nodes;

/// <summary>The commonest filters, which need no call where their value is text.</summary>
internal enum CommonFilter
{
    /// <summary>Any other filter, or one with arguments.</summary>
    Other,

    /// <summary><c>trim</c>.</summary>
    Trim,

    /// <summary><c>length</c> or <c>count</c>.</summary>
    Length,

    /// <summary><c>string</c>.</summary>
    String,
}
