using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A chain of comparisons, as in <c>1 &lt; a &lt;= 3</c>: true where each neighbouring pair compares true.</summary>
internal sealed class CompareExpression(int line, Expression[] operands, string[] operators) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var left = _operands[0].Evaluate(context, frame);
        for (var i = 0; i < operators.Length; i++)
        {
            var right = _operands[i + 1].Evaluate(context, frame);
            if (!Holds(context, operators[i], left, right))
            {
                return Box.False;
            }

            left = right;
        }

        return Box.True;
    }

    /// <summary>Whether <paramref name="left"/> and <paramref name="right"/> compare true.</summary>
    public static bool Holds(RenderContext context, string symbol, object? left, object? right) => symbol switch
    {
        "==" => PyCompare.AreEqual(left, right),
        "!=" => !PyCompare.AreEqual(left, right),
        "in" => PyCompare.Contains(context, right, left),
        "not in" => !PyCompare.Contains(context, right, left),
        "<" => PyCompare.Order(left, right, symbol) < 0,
        "<=" => PyCompare.Order(left, right, symbol) <= 0,
        ">" => PyCompare.Order(left, right, symbol) > 0,
        _ => PyCompare.Order(left, right, symbol) >= 0,
    };
}
