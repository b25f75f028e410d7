using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A chain of comparisons, as in <c>1 &lt; a &lt;= 3</c>: true where each neighbouring pair compares true.</summary>
internal sealed class CompareExpression(int line, Expression[] operands, string[] operators) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;
    private readonly Comparison[] _operators = Array.ConvertAll(operators, Parse);

    // Most comparisons are with one literal text.
    private readonly string? _literal = operators is ["==" or "!="] ? (operands[1] as ConstantExpression)?.Value as string : null;

    // So are most questions for what a container holds.
    private readonly string? _member = operators is ["in" or "not in"] ? (operands[0] as ConstantExpression)?.Value as string : null;
    private readonly string[]? _choices = operators is ["in" or "not in"] ? Texts(operands[1]) : null;

    // Whether there is any text is asked without counting its characters.
    private readonly FilterExpression? _length = operators is [">"] && operands is [FilterExpression { IsLength: true } length, ConstantExpression { Value: 0L }]
        ? length
        : null;

    private int _place;

    public override object? Evaluate(RenderContext context, Frame frame) => Box.Bool(Test(context, frame));

    public override bool Test(RenderContext context, Frame frame)
    {
        if (_member is not null)
        {
            var container = _operands[1].Evaluate(context, frame);
            var isMember = container is JinjaDict dict ? dict.TryGet(_member, ref _place, out _) : PyCompare.Contains(context, container, _member);
            return isMember == (_operators[0] == Comparison.In);
        }

        object? left;
        if (_length is null)
        {
            left = _operands[0].Evaluate(context, frame);
        }
        else
        {
            var measured = _length.Operand.Evaluate(context, frame);
            if (measured is string whole)
            {
                return whole.Length > 0;
            }

            left = _length.Apply(context, frame, measured);
        }

        if (_literal is not null && left is string text)
        {
            return string.Equals(text, _literal) == (_operators[0] == Comparison.Equal);
        }

        if (_choices is not null && left is string chosen)
        {
            return Array.IndexOf(_choices, chosen) >= 0 == (_operators[0] == Comparison.In);
        }

        for (var i = 0; i < _operators.Length; i++)
        {
            var right = _operands[i + 1].Evaluate(context, frame);
            if (!Holds(context, _operators[i], left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    public static Comparison Parse(string symbol) => symbol switch
    {
        "==" => Comparison.Equal,
        "!=" => Comparison.NotEqual,
        "in" => Comparison.In,
        "not in" => Comparison.NotIn,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };

    /// <summary>Whether <paramref name="left"/> and <paramref name="right"/> compare true.</summary>
    public static bool Holds(RenderContext context, Comparison comparison, object? left, object? right)
    {
        if (left is long x && right is long y && comparison is not (Comparison.In or Comparison.NotIn))
        {
            return Holds(comparison, x.CompareTo(y));
        }

        return comparison switch
        {
            Comparison.Equal => PyCompare.AreEqual(left, right),
            Comparison.NotEqual => !PyCompare.AreEqual(left, right),
            Comparison.In => PyCompare.Contains(context, right, left),
            Comparison.NotIn => !PyCompare.Contains(context, right, left),
            Comparison.Less => PyCompare.Order(left, right, "<") < 0,
            Comparison.LessOrEqual => PyCompare.Order(left, right, "<=") <= 0,
            Comparison.Greater => PyCompare.Order(left, right, ">") > 0,
            _ => PyCompare.Order(left, right, ">=") >= 0,
        };
    }

    private static string[]? Texts(Expression expression) =>
        expression is SequenceExpression sequence && Array.TrueForAll(sequence.Items, item => item is ConstantExpression { Value: string })
            ? Array.ConvertAll(sequence.Items, item => (string)((ConstantExpression)item).Value!)
            : null;

    private static bool Holds(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };
}
