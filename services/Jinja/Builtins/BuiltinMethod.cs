using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>A method of a built-in type.</summary>
internal delegate object? BuiltinMethod(RenderContext context, object self, CallArgs args);
