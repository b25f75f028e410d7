using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A chain of <c>and</c> or of <c>or</c>: the value of the first operand that decides it.</summary>
internal sealed class LogicalExpression(int line, Expression[] operands, bool isAnd) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        object? value = null;
        foreach (var operand in _operands)
        {
            value = operand.Evaluate(context, frame);
            if (PyTypes.IsTrue(value) != isAnd)
            {
                break;
            }
        }

        return value;
    }

    public override bool Test(RenderContext context, Frame frame)
    {
        foreach (var operand in _operands)
        {
            if (operand.Test(context, frame) != isAnd)
            {
                return !isAnd;
            }
        }

        return isAnd;
    }
}
