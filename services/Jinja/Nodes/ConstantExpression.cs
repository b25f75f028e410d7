using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A literal.</summary>
internal sealed class ConstantExpression(int line, object? value) : Expression(line)
{
    public object? Value => value;

    public override object? Evaluate(RenderContext context, Frame frame) => value;
}
