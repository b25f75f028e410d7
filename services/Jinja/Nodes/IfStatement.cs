using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>if</c>, <c>elif</c> and <c>else</c>.</summary>
internal sealed class IfStatement(int line, (Expression Test, Statement[] Body)[] branches, Statement[] otherwise) : Statement(line)
{
    public override Flow Execute(RenderContext context, Frame frame)
    {
        foreach (var (test, body) in branches)
        {
            context.Charge(test.Weight);
            if (test.Test(context, frame))
            {
                return ExecuteAll(body, context, frame);
            }
        }

        return ExecuteAll(otherwise, context, frame);
    }

    public override void Declare(SymbolTable symbols)
    {
        branches[0].Test.Declare(symbols);
        var first = symbols.Branch();
        DeclareAll(branches[0].Body, first);

        // Jinja analyses all elif branches as one, their tests included.
        var middle = symbols.Branch();
        foreach (var (test, body) in branches.AsSpan(1))
        {
            test.Declare(middle);
            var inner = middle.Branch();
            DeclareAll(body, inner);
            middle.Merge([inner, middle.Branch(), middle.Branch()]);
        }

        var last = symbols.Branch();
        DeclareAll(otherwise, last);
        symbols.Merge([first, middle, last]);
    }

    public override void Bind(Binder binder)
    {
        var conditional = binder.IsConditional;
        binder.IsConditional = true;
        foreach (var (test, body) in branches)
        {
            binder.Bind(test);
            binder.BindAll(body);
        }

        binder.BindAll(otherwise);
        binder.IsConditional = conditional;
    }
}
