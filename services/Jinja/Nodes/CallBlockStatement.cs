using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>call macro()</c> … <c>endcall</c>.</summary>
internal sealed class CallBlockStatement(int line, CallExpression call, MacroDefinition caller) : Statement(line, call)
{
    public override Flow Execute(RenderContext context, Frame frame)
    {
        context.WriteResult(call.Evaluate(context, frame, new MacroValue(caller, frame)));
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols) => call.Declare(symbols);

    public override void Bind(Binder binder)
    {
        binder.Bind(call);
        caller.Bind(binder);
    }
}
