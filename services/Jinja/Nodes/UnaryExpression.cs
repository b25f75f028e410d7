using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>-a</c> or <c>+a</c>.</summary>
internal sealed class UnaryExpression(int line, Expression operand, bool isMinus) : Expression(line, operand)
{
    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = operand.Evaluate(context, frame);
        return isMinus ? PyOperators.Negate(value) : PyOperators.Plus(value);
    }
}
