using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A part of a template that has a value.</summary>
internal abstract class Expression
{
    /// <summary>Whatever walks the tree recurses as deep as it is: this bound keeps it far from the end of the stack.</summary>
    private const int MaxNesting = 250;

    private readonly Expression[] _children;
    private readonly int _nesting;

    protected Expression(int line, params Expression[] children)
    {
        _children = children;
        Line = line;
        foreach (var child in children)
        {
            _nesting = Math.Max(_nesting, child._nesting + 1);
            Weight += child.Weight;
        }

        if (_nesting > MaxNesting)
        {
            throw new TemplateSyntaxException($"An expression is nested more than {MaxNesting} levels deep.", line);
        }
    }

    public int Line { get; }

    /// <summary>How many nodes the tree has from here on, which is what evaluating it counts as.</summary>
    public int Weight { get; } = 1;

    public abstract object? Evaluate(RenderContext context, Frame frame);

    /// <summary>Whether the value is true; spares the value where only its truth counts.</summary>
    public virtual bool Test(RenderContext context, Frame frame) => PyTypes.IsTrue(Evaluate(context, frame));

    /// <summary>Whether there is a value; spares the object that stands for none.</summary>
    public virtual bool IsDefined(RenderContext context, Frame frame) => Evaluate(context, frame) is not Undefined;

    /// <summary>Writes the value; spares the string where the value is made of several.</summary>
    public virtual void Write(RenderContext context, Frame frame) => context.WriteValue(Evaluate(context, frame));

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
