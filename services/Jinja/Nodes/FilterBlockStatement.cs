using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>filter name</c> … <c>endfilter</c>.</summary>
internal sealed class FilterBlockStatement(int line, Expression text, Statement[] body) : Statement(line, text)
{
    private ScopeEntry? _entry;

    public override Flow Execute(RenderContext context, Frame frame)
    {
        context.BeginCapture();
        _entry!.Run(context, frame);
        ExecuteAll(body, context, frame);
        context.WriteResult(text.Evaluate(context, frame));
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols) => text.Declare(symbols);

    public override void Bind(Binder binder)
    {
        var scope = binder.OpenScope(symbols =>
        {
            DeclareAll(body, symbols);
            text.Declare(symbols);
        });
        _entry = scope.Seal(binder.Globals);
        binder.Within(scope, () =>
        {
            binder.BindAll(body);
            binder.Bind(text);
        });
    }
}
