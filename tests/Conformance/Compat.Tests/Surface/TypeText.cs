namespace Atropos.Compat.Tests.Surface;

/// <summary>Writes a type as C# does, without namespaces.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        var arguments = type.GetGenericArguments();
        if (type.DeclaringType is { } outer)
        {
            // A nested type has its outer type's parameters first; the text shows each where it is declared.
            arguments = arguments[outer.GetGenericArguments().Length..];
        }

        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var name = tick < 0 ? type.Name : type.Name[..tick];
        var own = arguments.Length == 0 ? name : $"{name}<{string.Join(", ", arguments.Select(Of))}>";
        return type.DeclaringType is { } declaring ? $"{Of(declaring)}.{own}" : own;
    }
}
