using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A body with variables of its own: <c>with</c>, and <c>generation</c>, which marks text for training and renders
/// as if it were not there.</summary>
internal sealed class ScopeStatement(int line, (AssignTarget Target, Expression Value)[] variables, Statement[] body)
    : Statement(line, Array.ConvertAll(variables, variable => variable.Value))
{
    private ScopeEntry? _entry;

    public override Flow Execute(RenderContext context, Frame frame)
    {
        _entry!.Run(context, frame);
        foreach (var (target, value) in variables)
        {
            target.Assign(context, frame, value.Evaluate(context, frame));
        }

        return ExecuteAll(body, context, frame);
    }

    public override void Declare(SymbolTable symbols)
    {
        foreach (var (_, value) in variables)
        {
            value.Declare(symbols);
        }
    }

    public override void Bind(Binder binder)
    {
        foreach (var (_, value) in variables)
        {
            binder.Bind(value);
        }

        var scope = binder.OpenScope(symbols =>
        {
            foreach (var (target, _) in variables)
            {
                target.Declare(symbols, asParameter: true);
            }

            DeclareAll(body, symbols);
        });
        _entry = scope.Seal(binder.Globals);
        binder.Within(scope, () =>
        {
            foreach (var (target, _) in variables)
            {
                target.Bind(binder);
            }

            binder.BindAll(body);
        });
    }
}
