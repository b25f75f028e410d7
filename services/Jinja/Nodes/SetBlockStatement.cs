using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>set a</c> … <c>endset</c>: the block's text, through filters where there are some.</summary>
internal sealed class SetBlockStatement(int line, AssignTarget target, Expression text, Statement[] body) : Statement(line, text)
{
    private ScopeEntry? _entry;

    public override Flow Execute(RenderContext context, Frame frame)
    {
        context.BeginCapture();
        _entry!.Run(context, frame);
        ExecuteAll(body, context, frame);
        target.Assign(context, frame, text.Evaluate(context, frame));
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols) => target.Declare(symbols, asParameter: false);

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
        target.Bind(binder);
    }
}
