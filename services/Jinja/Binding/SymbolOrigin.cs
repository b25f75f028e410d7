namespace Atropos.Jinja.Binding;

/// <summary>Where a name's value comes from when its scope is entered.</summary>
internal enum SymbolOrigin
{
    /// <summary>The caller's variables or the globals.</summary>
    Resolve,

    /// <summary>The scope around this one.</summary>
    Outer,

    /// <summary>Nowhere yet.</summary>
    Unset,

    /// <summary>Whoever enters the scope.</summary>
    Parameter,
}
