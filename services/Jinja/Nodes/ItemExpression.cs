using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a[key]</c>.</summary>
internal sealed class ItemExpression(int line, Expression target, Expression key) : Expression(line, target, key)
{
    private readonly string? _name = (key as ConstantExpression)?.Value as string;
    private int _place;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var owner = target.Evaluate(context, frame);
        return _name is not null && owner is JinjaDict dict && dict.TryGet(_name, ref _place, out var item)
            ? item
            : PyAccess.Item(owner, key.Evaluate(context, frame));
    }
}
