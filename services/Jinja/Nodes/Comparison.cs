namespace Atropos.Jinja.Nodes;

/// <summary>A comparison operator.</summary>
internal enum Comparison
{
    Equal,
    NotEqual,
    In,
    NotIn,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
