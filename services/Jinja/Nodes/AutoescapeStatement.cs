using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>autoescape</c> … <c>endautoescape</c>.</summary>
internal sealed class AutoescapeStatement(int line, Expression setting, Statement[] body) : Statement(line, setting)
{
    private readonly ScopeStatement _scope = new(line, [], body);

    public override Flow Execute(RenderContext context, Frame frame)
    {
        var outer = context.AutoEscape;
        context.AutoEscape = setting.Test(context, frame);
        var flow = _scope.Execute(context, frame);
        context.AutoEscape = outer;
        return flow;
    }

    public override void Declare(SymbolTable symbols) => setting.Declare(symbols);

    public override void Bind(Binder binder)
    {
        binder.Bind(setting);
        _scope.Bind(binder);
    }
}
