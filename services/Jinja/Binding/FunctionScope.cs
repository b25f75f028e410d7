namespace Atropos.Jinja.Binding;

/// <summary>A stretch of a template that runs in a frame of its own: the template, a macro, a recursive loop.</summary>
internal sealed class FunctionScope(FunctionScope? parent)
{
    /// <summary>How many functions are around this one.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>Slots that a frame needs.</summary>
    public int SlotCount { get; private set; }

    public int Allocate() => SlotCount++;
}
