using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>set a = b</c>.</summary>
internal sealed class SetStatement(int line, AssignTarget target, Expression value) : Statement(line, value)
{
    public override Flow Execute(RenderContext context, Frame frame)
    {
        target.Assign(context, frame, value.Evaluate(context, frame));
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols)
    {
        value.Declare(symbols);
        target.Declare(symbols, asParameter: false);
    }

    public override void Bind(Binder binder)
    {
        binder.Bind(value);
        target.Bind(binder);
    }
}
