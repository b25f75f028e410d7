using System.Collections.Frozen;
using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>Jinja's built-in tests.</summary>
internal static class TestTable
{
    /// <summary>Tests that look at nothing but the value's type, which takes no time that would count.</summary>
    private static readonly FrozenDictionary<string, Func<object?, bool>> Types = new Dictionary<string, Func<object?, bool>>
    {
        ["defined"] = value => value is not Undefined,
        ["undefined"] = value => value is Undefined,
        ["none"] = value => value is null,
        ["boolean"] = value => value is bool,
        ["true"] = value => value is true,
        ["false"] = value => value is false,
        ["integer"] = value => value is not bool && PyNumber.IsInteger(value),
        ["float"] = value => value is double,
        ["number"] = PyNumber.IsNumber,
        ["string"] = value => value is string or Markup,
        ["mapping"] = value => value is JinjaDict,
        ["sequence"] = value => value is string or Markup or JinjaSequence or JinjaDict or PyRange or Undefined,
        ["iterable"] = PyIter.IsIterable,
        ["callable"] = PyTypes.IsCallable,
        ["escaped"] = value => value is Markup,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, BuiltinTest> All = new Dictionary<string, BuiltinTest>
    {
        ["lower"] = Plain(value => StringPredicates.IsLower(PyRepr.Text(value))),
        ["upper"] = Plain(value => StringPredicates.IsUpper(PyRepr.Text(value))),
        ["odd"] = (context, value, args) => Remainder(context, value, args, 2) is { } rest && PyCompare.AreEqual(rest, 1L),
        ["even"] = (context, value, args) => Remainder(context, value, args, 2) is { } rest && PyCompare.AreEqual(rest, 0L),
        ["divisibleby"] = (context, value, args) =>
            PyCompare.AreEqual(PyOperators.Modulo(context, value, args.Bind("divisibleby", ["num"], 1)[0]), 0L),
        ["sameas"] = (_, value, args) => IsSame(value, args.Bind("sameas", ["other"], 1)[0]),
        ["filter"] = (_, value, args) => Named(value, args) is { } name && FilterTable.Find(name) is not null,
        ["test"] = (_, value, args) => Named(value, args) is { } name && Find(name) is not null,
        ["in"] = Compare("in"),
        ["eq"] = Compare("=="),
        ["equalto"] = Compare("=="),
        ["=="] = Compare("=="),
        ["ne"] = Compare("!="),
        ["!="] = Compare("!="),
        ["lt"] = Compare("<"),
        ["lessthan"] = Compare("<"),
        ["<"] = Compare("<"),
        ["le"] = Compare("<="),
        ["<="] = Compare("<="),
        ["gt"] = Compare(">"),
        ["greaterthan"] = Compare(">"),
        [">"] = Compare(">"),
        ["ge"] = Compare(">="),
        [">="] = Compare(">="),
    }.ToFrozenDictionary();

    public static BuiltinTest? Find(string name) => Types.TryGetValue(name, out var holds) ? Plain(holds) : All.GetValueOrDefault(name);

    /// <summary>The test, where it looks at nothing but the value's type.</summary>
    public static Func<object?, bool>? FindType(string name) => Types.GetValueOrDefault(name);

    private static BuiltinTest Plain(Func<object?, bool> holds) => (_, value, args) =>
    {
        if (args != CallArgs.Empty)
        {
            args.RequireNone("test");
        }

        return holds(value);
    };

    private static BuiltinTest Compare(string symbol) =>
        (context, value, args) =>
            CompareExpression.Holds(context, CompareExpression.Parse(symbol), value, args.Bind(symbol, ["other"], 1)[0]);

    private static object? Remainder(RenderContext context, object? value, CallArgs args, long by)
    {
        args.RequireNone("test");
        return PyOperators.Modulo(context, value, by);
    }

    private static string? Named(object? value, CallArgs args)
    {
        args.RequireNone("test");
        PyCompare.RequireHashable(value);
        return PyTypes.TryText(value, out var name) ? name : null;
    }

    /// <summary>Python's <c>is</c>: numbers and strings have no identity here that could be told from their value.</summary>
    private static bool IsSame(object? left, object? right) =>
        ReferenceEquals(left, right)
        || (left?.GetType() == right?.GetType() && left is long or string or bool or double && PyCompare.AreEqual(left, right));
}
