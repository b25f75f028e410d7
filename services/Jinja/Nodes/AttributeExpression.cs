using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a.name</c>.</summary>
internal sealed class AttributeExpression(int line, Expression target, string name) : Expression(line, target)
{
    public Expression Target => target;

    public string Name => name;

    public override object? Evaluate(RenderContext context, Frame frame) => PyAccess.Attribute(target.Evaluate(context, frame), name);
}
