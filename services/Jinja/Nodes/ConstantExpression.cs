using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A literal.</summary>
internal sealed class ConstantExpression(int line, object? value) : Expression(line)
{
    private readonly bool _isTrue = PyTypes.IsTrue(value);

    public object? Value => value;

    public override object? Evaluate(RenderContext context, Frame frame) => value;

    public override bool Test(RenderContext context, Frame frame) => _isTrue;
}
