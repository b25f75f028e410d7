namespace Atropos.Jinja;

/// <summary>
/// A place where a template gives a name to a variable, to a member of one, or to its items one by one: <c>set a = b.c</c> and
/// <c>for a in b.c</c>. Filters, tests and slices around the source are left out: <c>for a in b[1:] | list</c> is one of <c>b</c>.
/// </summary>
/// <param name="IsLoop">Whether it is a <c>for</c>; otherwise it is a <c>set</c>.</param>
/// <param name="Target">The name that is given; null where it is not one plain name (<c>for a, b in c</c>, <c>set ns.a = b</c>).</param>
/// <param name="Variable">The variable that is read.</param>
/// <param name="Member">The variable's member that is read, as <c>b.c</c> or <c>b['c']</c>; null where it is the variable itself.</param>
public sealed record TemplateBinding(bool IsLoop, string? Target, string Variable, string? Member);
