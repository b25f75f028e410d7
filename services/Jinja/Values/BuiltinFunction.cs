using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A function that templates call by name, such as <c>range</c>, or a method taken from its object.</summary>
internal sealed class BuiltinFunction(string name, Func<RenderContext, CallArgs, object?> body, string? text = null) : PyObject
{
    public override string TypeName => "function";

    public override string Text => text ?? $"<function {name} at {PyObject.Address}>";

    public override bool IsCallable => true;

    public override object? Call(RenderContext context, CallArgs args) => body(context, args);
}
