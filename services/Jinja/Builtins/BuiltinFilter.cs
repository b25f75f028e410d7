using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>A filter: its value and the arguments after it.</summary>
internal delegate object? BuiltinFilter(RenderContext context, object? value, CallArgs args);
