using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>not a</c>.</summary>
internal sealed class NotExpression(int line, Expression operand) : Expression(line, operand)
{
    public override object? Evaluate(RenderContext context, Frame frame) => Box.Bool(!PyTypes.IsTrue(operand.Evaluate(context, frame)));
}
