using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A chain of arithmetic operators of one precedence, from left to right: <c>a + b - c</c>.</summary>
internal sealed class BinaryExpression(int line, Expression[] operands, string[] operators) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = _operands[0].Evaluate(context, frame);
        for (var i = 0; i < operators.Length; i++)
        {
            value = Apply(context, operators[i], value, _operands[i + 1].Evaluate(context, frame));
        }

        return value;
    }

    private static object? Apply(RenderContext context, string symbol, object? left, object? right) => symbol switch
    {
        "+" => PyOperators.Add(context, left, right),
        "-" => PyOperators.Subtract(left, right),
        "*" => PyOperators.Multiply(context, left, right),
        "/" => PyOperators.Divide(left, right),
        "//" => PyOperators.FloorDivide(left, right),
        "%" => PyOperators.Modulo(context, left, right),
        _ => PyOperators.Power(left, right),
    };
}
