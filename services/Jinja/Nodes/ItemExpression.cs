using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a[key]</c>.</summary>
internal sealed class ItemExpression(int line, Expression target, Expression key) : Expression(line, target, key)
{
    public Expression Target => target;

    public Expression Key => key;

    public override object? Evaluate(RenderContext context, Frame frame) =>
        PyAccess.Item(target.Evaluate(context, frame), key.Evaluate(context, frame));
}
