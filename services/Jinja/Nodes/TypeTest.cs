namespace Atropos.Jinja.Nodes;

/// <summary>The commonest tests that look at nothing but a value's type: they need no call.</summary>
internal enum TypeTest
{
    /// <summary>Any other test.</summary>
    Other,

    /// <summary><c>defined</c> or <c>undefined</c>.</summary>
    Defined,

    /// <summary><c>none</c>.</summary>
    None,

    /// <summary><c>string</c>.</summary>
    String,

    /// <summary><c>mapping</c>.</summary>
    Mapping,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,
}
