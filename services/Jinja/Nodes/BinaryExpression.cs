using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A chain of arithmetic operators of one precedence, from left to right: <c>a + b - c</c>.</summary>
internal sealed class BinaryExpression(int line, Expression[] operands, string[] operators) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;
    private readonly Arithmetic[] _operators = Array.ConvertAll(operators, Parse);
    private readonly bool _isSum = Array.TrueForAll(operators, symbol => symbol == "+");

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = _operands[0].Evaluate(context, frame);
        return _isSum && _operands.Length > 2 && value is string text ? Join(context, frame, text) : Continue(context, frame, value, 0);
    }

    public override void Write(RenderContext context, Frame frame)
    {
        var value = _operands[0].Evaluate(context, frame);
        if (!_isSum || context.AutoEscape || value is not string text)
        {
            context.WriteValue(Continue(context, frame, value, 0));
            return;
        }

        // Strings are written one by one. What was written is taken back once another type calls for its own rule of addition.
        var outer = context.BeginStretch();
        context.Write(text);
        for (var i = 0; i < _operators.Length; i++)
        {
            value = _operands[i + 1].Evaluate(context, frame);
            if (value is not string next)
            {
                value = PyOperators.Add(context, context.TakeStretch(outer), value);
                context.WriteValue(Continue(context, frame, value, i + 1));
                return;
            }

            context.Write(next);
        }

        context.KeepStretch(outer);
    }

    // Strings are joined at once, up to an operand of another type, which calls for its own rule of addition.
    private object? Join(RenderContext context, Frame frame, string first)
    {
        var texts = new string[_operands.Length];
        texts[0] = first;
        var length = (long)first.Length;
        for (var i = 1; i < texts.Length; i++)
        {
            var value = _operands[i].Evaluate(context, frame);
            if (value is not string text)
            {
                context.ChargeText(length);
                return Continue(context, frame, PyOperators.Add(context, string.Concat(texts.AsSpan(0, i)), value), i);
            }

            texts[i] = text;
            length += text.Length;
            context.CheckText(length);
        }

        context.ChargeText(length);
        return string.Concat(texts);
    }

    /// <summary>The chain's value, given that of the operands before the operator at <paramref name="next"/>.</summary>
    private object? Continue(RenderContext context, Frame frame, object? value, int next)
    {
        for (var i = next; i < _operators.Length; i++)
        {
            value = Apply(context, _operators[i], value, _operands[i + 1].Evaluate(context, frame));
        }

        return value;
    }

    private static Arithmetic Parse(string symbol) => symbol switch
    {
        "+" => Arithmetic.Add,
        "-" => Arithmetic.Subtract,
        "*" => Arithmetic.Multiply,
        "/" => Arithmetic.Divide,
        "//" => Arithmetic.FloorDivide,
        "%" => Arithmetic.Modulo,
        _ => Arithmetic.Power,
    };

    private static object? Apply(RenderContext context, Arithmetic operation, object? left, object? right) => operation switch
    {
        Arithmetic.Add => PyOperators.Add(context, left, right),
        Arithmetic.Subtract => PyOperators.Subtract(left, right),
        Arithmetic.Multiply => PyOperators.Multiply(context, left, right),
        Arithmetic.Divide => PyOperators.Divide(left, right),
        Arithmetic.FloorDivide => PyOperators.FloorDivide(left, right),
        Arithmetic.Modulo => PyOperators.Modulo(context, left, right),
        _ => PyOperators.Power(left, right),
    };
}
