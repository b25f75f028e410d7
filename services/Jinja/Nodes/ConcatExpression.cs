using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a ~ b ~ c</c>: the operands' texts, one after another.</summary>
internal sealed class ConcatExpression(int line, Expression[] operands) : Expression(line, operands)
{
    private readonly Expression[] _operands = operands;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var texts = new string[_operands.Length];
        var length = 0L;
        var safe = false;
        for (var i = 0; i < texts.Length; i++)
        {
            var value = _operands[i].Evaluate(context, frame);
            safe |= value is Markup;
            texts[i] = context.AutoEscape && value is not Markup ? Markup.Escape(PyRepr.Text(value)) : PyRepr.Text(value);
            length += texts[i].Length;
        }

        context.ChargeText(length);
        var text = string.Concat(texts);
        return context.AutoEscape && safe ? new Markup(text) : text;
    }

    public override void Write(RenderContext context, Frame frame)
    {
        if (context.AutoEscape)
        {
            base.Write(context, frame);
            return;
        }

        foreach (var operand in _operands)
        {
            operand.Write(context, frame);
        }
    }
}
