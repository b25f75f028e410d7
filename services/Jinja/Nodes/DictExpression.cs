using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A dict literal; keys and values alternate.</summary>
internal sealed class DictExpression(int line, Expression[] items) : Expression(line, items)
{
    private readonly Expression[] _items = items;

    /// <summary>Keys and values in turn.</summary>
    public Expression[] Items => _items;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        context.ChargeObjects(8 + (4L * _items.Length));
        var dict = new JinjaDict(_items.Length / 2);
        for (var i = 0; i < _items.Length; i += 2)
        {
            dict.Set(_items[i].Evaluate(context, frame), _items[i + 1].Evaluate(context, frame));
        }

        return dict;
    }
}
