using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Binding;

/// <summary>Sets a scope's variables as they are on entry.</summary>
internal sealed class ScopeEntry(SlotLoad[] loads)
{
    public void Run(RenderContext context, Frame frame)
    {
        foreach (var load in loads)
        {
            frame.Slots[load.Slot] = load.Source is { } source ? source.Read(context, frame)
                : load.Name is { } name ? context.Resolve(name)
                : Missing.Value;
        }
    }
}
