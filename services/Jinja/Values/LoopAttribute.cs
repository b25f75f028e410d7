namespace Atropos.Jinja;

/// <summary>An attribute of <c>loop</c>.</summary>
internal enum LoopAttribute
{
    None,
    Index,
    Index0,
    First,
    Last,
    Length,
    RevIndex,
    RevIndex0,
    PrevItem,
    NextItem,
    Depth,
    Depth0,
    Cycle,
    Changed,
}
