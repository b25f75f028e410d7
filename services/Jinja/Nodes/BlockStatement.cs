using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>block</c> … <c>endblock</c>. Without inheritance it only hides the scopes around it.</summary>
internal sealed class BlockStatement(int line, Statement[] body) : Statement(line)
{
    private readonly FunctionScope _function = new(null);
    private ScopeEntry? _entry;

    public override Flow Execute(RenderContext context, Frame frame)
    {
        var own = new Frame(_function.SlotCount, null);
        _entry!.Run(context, own);
        ExecuteAll(body, context, own);
        return Flow.Next;
    }

    public override void Bind(Binder binder)
    {
        var scope = new SymbolTable(null, _function, isDynamic: true);
        DeclareAll(body, scope);
        _entry = scope.Seal(binder.Globals);
        binder.Within(scope, () => binder.BindAll(body));
    }
}
