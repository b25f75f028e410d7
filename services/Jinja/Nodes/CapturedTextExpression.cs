using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>Stands for the text of a filter block or set block, as the innermost operand of its filters.</summary>
internal sealed class CapturedTextExpression(int line) : Expression(line)
{
    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var text = context.EndCapture();
        return context.AutoEscape ? new Markup(text) : text;
    }
}
