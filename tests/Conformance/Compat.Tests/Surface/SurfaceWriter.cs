using System.Globalization;
using System.Reflection;

namespace Atropos.Compat.Tests.Surface;

/// <summary>Writes the public surface of an assembly as text: a header a type, then a line a member.</summary>
internal static class SurfaceWriter
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Gives each line with its type's header before it, so that the lines of an assembly can be compared as a set.</summary>
    public static IEnumerable<string> Lines(Assembly assembly)
    {
        foreach (var type in assembly.GetExportedTypes())
        {
            var header = $"{type.Namespace}: {Header(type)}";
            yield return header;
            foreach (var member in Members(type))
            {
                yield return $"{header} | {member}";
            }
        }
    }

    private static string Header(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeText.Of(invoke.ReturnType)} {TypeText.Of(type)}({Parameters(invoke)})";
        }

        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var above = new List<Type>();
        if (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType)
        {
            above.Add(parent);
        }

        above.AddRange(type.GetInterfaces());
        var list = string.Join(", ", above.Select(TypeText.Of).Order(StringComparer.Ordinal));
        return $"{kind} {TypeText.Of(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return [string.Join(", ", Enum.GetNames(type).Select(name => $"{name}={Convert.ToInt32(Enum.Parse(type, name), CultureInfo.InvariantCulture)}"))];
        }

        return [
            .. type.GetFields(Declared).Where(f => f.IsPublic).Select(Field),
            .. type.GetConstructors(Declared).Where(Visible).Where(c => !c.IsStatic)
                .Select(c => $"{Access(c)} .ctor({Parameters(c)})"),
            .. type.GetProperties(Declared).Where(p => p.GetMethod is { } get && Visible(get)).Select(Property),
            .. type.GetMethods(Declared).Where(m => Visible(m) && !m.IsSpecialName).Select(Method),
        ];
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"public static const {TypeText.Of(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}"
        : $"public {(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(field.FieldType)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var get = property.GetMethod!;
        var index = string.Join(", ", property.GetIndexParameters().Select(p => TypeText.Of(p.ParameterType)));
        var name = index.Length > 0 ? $"{property.Name}[{index}]" : property.Name;
        var set = property.SetMethod is { } setter && Visible(setter) ? " set;" : "";
        return $"{Access(get)} {Modifier(get)}{TypeText.Of(property.PropertyType)} {name} {{ get;{set} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeText.Of))}>" : "";
        return $"{Access(method)} {Modifier(method)}{TypeText.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Modifier(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return "static ";
        }

        if (method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal)
        {
            return "";
        }

        if (method.IsAbstract)
        {
            return "abstract ";
        }

        return method.GetBaseDefinition() != method ? "override " : "virtual ";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var array = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var value = !parameter.HasDefaultValue ? "" : parameter.RawDefaultValue switch
        {
            null => " = default",
            Enum constant => $" = {Convert.ToInt32(constant, CultureInfo.InvariantCulture)}",
            var constant => $" = {constant}",
        };
        return $"{array}{TypeText.Of(parameter.ParameterType)} {parameter.Name}{value}";
    }
}
