namespace Atropos.Tokenizers.Decoders;

/// <summary>Where a token stands among those that a step is given.</summary>
[Flags]
internal enum TokenPlace
{
    /// <summary>Neither first nor last.</summary>
    Middle = 0,

    /// <summary>No token comes before it.</summary>
    First = 1,

    /// <summary>No token comes after it.</summary>
    Last = 2,

    /// <summary>The only one.</summary>
    Whole = First | Last,
}
