using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a[start:stop:step]</c>; parts left out are the constant none.</summary>
internal sealed class SliceExpression(int line, Expression target, Expression start, Expression stop, Expression step)
    : Expression(line, target, start, stop, step)
{
    public Expression Target => target;

    public override object? Evaluate(RenderContext context, Frame frame) => PyAccess.Slice(
        context,
        target.Evaluate(context, frame),
        start.Evaluate(context, frame),
        stop.Evaluate(context, frame),
        step.Evaluate(context, frame));
}
