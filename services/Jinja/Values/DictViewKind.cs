namespace Atropos.Jinja;

/// <summary>Which part of its dict a <see cref="DictView"/> shows.</summary>
internal enum DictViewKind
{
    Keys,
    Values,
    Items,
}
