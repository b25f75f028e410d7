using System.Collections.Frozen;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>The methods that the sandbox lets templates call on built-in values.</summary>
internal static class MethodTable
{
    private static readonly FrozenSet<string> ListMutators =
        FrozenSet.Create("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

    private static readonly FrozenSet<string> DictMutators = FrozenSet.Create("clear", "pop", "popitem", "setdefault", "update");

    /// <summary>The method, or null where the type has none of that name.</summary>
    public static BuiltinMethod? Find(object? self, string name) => self switch
    {
        string => StringMethods.All.GetValueOrDefault(name),
        JinjaDict => CollectionMethods.Dict.GetValueOrDefault(name),
        Markup => MarkupMethods.Find(name),
        JinjaList => CollectionMethods.List.GetValueOrDefault(name),
        JinjaTuple => name == "copy" ? null : CollectionMethods.List.GetValueOrDefault(name),
        double or long or bool or System.Numerics.BigInteger => NumberMethods.Find(self, name),
        _ => null,
    };

    public static bool TryBind(object? self, string name, out object? method)
    {
        var found = Find(self, name);
        method = found is null
            ? null
            : new BuiltinFunction(
                name, (context, args) => context.Apply(found, self!, args), Describe(self, name));
        return found is not null;
    }

    private static string Describe(object? self, string name) =>
        PyTypes.TryText(self, out _) && name is "format" or "format_map" ? $"<function str.{name} at {PyObject.Address}>"
        : self is Markup ? $"<bound method Markup.{name} of {PyRepr.Repr(self)}>"
        : $"<built-in method {name} of {PyTypes.Name(self)} object at {PyObject.Address}>";

    /// <summary>Whether the method would change the value, which the immutable sandbox refuses.</summary>
    public static bool IsMutator(object? self, string name) => self switch
    {
        JinjaList => ListMutators.Contains(name),
        JinjaDict => DictMutators.Contains(name),
        _ => false,
    };

    /// <summary>Whether a dict's own attributes hide an item of this name.</summary>
    public static bool IsDictAttribute(string name) => CollectionMethods.Dict.ContainsKey(name) || DictMutators.Contains(name);

    /// <summary>Whether a dict has this name as an item or not at all, as it is the name of nothing of Python's own.</summary>
    public static bool IsPlainItem(string name) => !IsDictAttribute(name) && !PyAccess.IsSpecial(name);
}
