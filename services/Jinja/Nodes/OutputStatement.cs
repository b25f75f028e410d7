using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>{{ a }}</c>.</summary>
internal sealed class OutputStatement(int line, Expression value) : Statement(line, value)
{
    public override Flow Execute(RenderContext context, Frame frame)
    {
        value.Write(context, frame);
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols) => value.Declare(symbols);

    public override void Bind(Binder binder) => binder.Bind(value);
}
