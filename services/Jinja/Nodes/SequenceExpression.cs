using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A list or tuple literal.</summary>
internal sealed class SequenceExpression(int line, Expression[] items, bool isTuple) : Expression(line, items)
{
    private readonly Expression[] _items = items;

    public Expression[] Items => _items;

    public bool IsTuple => isTuple;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        context.ChargeObjects(_items.Length);
        var values = _items.Length == 0 ? [] : new object?[_items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _items[i].Evaluate(context, frame);
        }

        return isTuple ? new JinjaTuple(values) : new JinjaList(values);
    }
}
