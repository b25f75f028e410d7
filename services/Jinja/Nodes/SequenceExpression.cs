using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A list or tuple literal.</summary>
internal sealed class SequenceExpression(int line, Expression[] items, bool isTuple) : Expression(line, items)
{
    private readonly Expression[] _items = items;

    // No template can change a list: one serves wherever its items are literals.
    private readonly JinjaSequence? _constant = Array.TrueForAll(items, item => item is ConstantExpression)
        ? Make(Array.ConvertAll(items, item => ((ConstantExpression)item).Value), isTuple)
        : null;

    public Expression[] Items => _items;

    public bool IsTuple => isTuple;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        if (_constant is not null)
        {
            return _constant;
        }

        context.ChargeObjects(_items.Length);
        var values = _items.Length == 0 ? [] : new object?[_items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _items[i].Evaluate(context, frame);
        }

        return Make(values, isTuple);
    }

    private static JinjaSequence Make(object?[] values, bool isTuple) => isTuple ? new JinjaTuple(values) : new JinjaList(values);
}
