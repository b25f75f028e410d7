using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>Text between tags.</summary>
internal sealed class TextStatement(int line, string text) : Statement(line)
{
    public override Flow Execute(RenderContext context, Frame frame)
    {
        context.Write(text);
        return Flow.Next;
    }
}
