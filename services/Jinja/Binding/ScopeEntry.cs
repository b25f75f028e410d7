using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Binding;

/// <summary>Sets a scope's variables as they are on entry.</summary>
internal sealed class ScopeEntry(SlotLoad[] loads)
{
    private readonly int[] _unset = [.. loads.Where(load => load is { Source: null, Name: null }).Select(load => load.Slot)];
    private readonly SlotLoad[] _set = [.. loads.Where(load => load is not { Source: null, Name: null })];

    public void Run(RenderContext context, Frame frame)
    {
        foreach (var slot in _unset)
        {
            frame.Slots[slot] = Missing.Value;
        }

        foreach (ref readonly var load in _set.AsSpan())
        {
            frame.Slots[load.Slot] = load.Source is { } source ? source.Read(context, frame) : context.Resolve(load.Name!);
        }
    }
}
