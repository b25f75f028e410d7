using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>What <c>loop(items)</c> needs to run its loop again one level deeper.</summary>
internal sealed class RecursiveLoop(ForStatement statement, Frame outer)
{
    public object Call(RenderContext context, object? items, int depth)
    {
        context.EnterCall();
        context.BeginCapture();
        statement.Run(context, new Frame(statement.SlotCount, outer), items, depth);
        context.LeaveCall();
        var text = context.EndCapture();
        return context.AutoEscape ? new Markup(text) : text;
    }
}
