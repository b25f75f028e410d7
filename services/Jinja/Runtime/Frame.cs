namespace Atropos.Jinja.Runtime;

/// <summary>The variables of one activation of a template, macro or recursive loop, and of the scope around it.</summary>
internal sealed class Frame
{
    public Frame(int slots, Frame? parent)
    {
        Slots = new object?[slots];
        Parent = parent;
    }

    public object?[] Slots { get; }

    public Frame? Parent { get; }
}
