using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression(int line, params Expression[] children)
{
    private readonly Expression[] _children = children;

    public int Line { get; } = line;

    public abstract object? Evaluate(RenderContext context, Frame frame);

    /// <summary>Tells <paramref name="symbols"/> which names are used, in the order of evaluation.</summary>
    public virtual void Declare(SymbolTable symbols)
    {
        foreach (var child in _children)
        {
            child.Declare(symbols);
        }
    }

    public virtual void Bind(Binder binder) => binder.BindAll(_children);
}
