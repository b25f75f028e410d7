using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Builtins;

/// <summary>A test: its value and the arguments after it.</summary>
internal delegate bool BuiltinTest(RenderContext context, object? value, CallArgs args);
