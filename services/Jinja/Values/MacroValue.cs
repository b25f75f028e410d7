using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A macro with the variables around its definition.</summary>
internal sealed class MacroValue(MacroDefinition definition, Frame closure) : PyObject
{
    public override string TypeName => "Macro";

    public override string Text => definition.Name is null ? "<Macro anonymous>" : $"<Macro {PyRepr.Repr(definition.Name)}>";

    public override bool IsCallable => true;

    public override object? Call(RenderContext context, CallArgs args) => definition.Invoke(context, closure, args);

    /// <summary>Calls the macro with its text going straight to the output.</summary>
    public void Write(RenderContext context, CallArgs args) => definition.Write(context, closure, args);

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "name" => definition.Name,
            "arguments" => new JinjaTuple(Array.ConvertAll<string, object?>(definition.Parameters, parameter => parameter)),
            "catch_kwargs" => Box.Bool(definition.CatchesKeywords),
            "catch_varargs" => Box.Bool(definition.CatchesPositional),
            "caller" => Box.Bool(definition.TakesCaller),
            _ => Missing.Value,
        };
        return !ReferenceEquals(value, Missing.Value);
    }
}
