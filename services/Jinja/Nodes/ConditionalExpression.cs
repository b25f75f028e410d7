using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a if test else b</c>; without <c>else</c> it is undefined where the test fails.</summary>
internal sealed class ConditionalExpression(int line, Expression test, Expression then, Expression? otherwise)
    : Expression(line, otherwise is null ? [test, then] : [test, then, otherwise])
{
    private const string Hint = "the inline if-expression evaluated to false and no else section was defined.";

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        if (test.Test(context, frame))
        {
            return then.Evaluate(context, frame);
        }

        return otherwise is null ? Undefined.WithHint(Hint) : otherwise.Evaluate(context, frame);
    }

    public override bool Test(RenderContext context, Frame frame) =>
        test.Test(context, frame) ? then.Test(context, frame) : otherwise is not null && otherwise.Test(context, frame);

    public override void Write(RenderContext context, Frame frame)
    {
        if (test.Test(context, frame))
        {
            then.Write(context, frame);
        }
        else
        {
            otherwise?.Write(context, frame);
        }
    }

    public override void Bind(Binder binder)
    {
        var conditional = binder.IsConditional;
        binder.IsConditional = true;
        base.Bind(binder);
        binder.IsConditional = conditional;
    }
}
