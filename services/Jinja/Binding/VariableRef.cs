using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Binding;

/// <summary>Where a variable lives: a slot of the frame <paramref name="Hops"/> functions out, or a global.</summary>
internal readonly record struct VariableRef(int Hops, int Slot)
{
    /// <summary>The <see cref="Hops"/> of a global.</summary>
    public const int Global = -1;

    public object? Read(RenderContext context, Frame frame)
    {
        if (Hops == 0)
        {
            return frame.Slots[Slot];
        }

        return Hops == Global ? context.Globals[Slot] : Owner(frame).Slots[Slot];
    }

    public void Write(Frame frame, object? value) => Owner(frame).Slots[Slot] = value;

    private Frame Owner(Frame frame)
    {
        for (var i = Hops; i > 0; i--)
        {
            frame = frame.Parent!;
        }

        return frame;
    }
}
