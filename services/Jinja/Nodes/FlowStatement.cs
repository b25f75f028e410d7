using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class FlowStatement(int line, Flow flow) : Statement(line)
{
    public override Flow Execute(RenderContext context, Frame frame) => flow;
}
