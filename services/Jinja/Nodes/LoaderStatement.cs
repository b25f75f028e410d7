using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>include</c>, <c>import</c>, <c>from</c> or <c>extends</c>: fails when reached, as no template can load another.</summary>
internal sealed class LoaderStatement(int line) : Statement(line)
{
    public override Flow Execute(RenderContext context, Frame frame) => throw PyError.Type("no loader for this environment specified");
}
