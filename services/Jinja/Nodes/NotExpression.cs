using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>not a</c>.</summary>
internal sealed class NotExpression(int line, Expression operand) : Expression(line, operand)
{
    public override object? Evaluate(RenderContext context, Frame frame) => Box.Bool(!operand.Test(context, frame));

    public override bool Test(RenderContext context, Frame frame) => !operand.Test(context, frame);
}
