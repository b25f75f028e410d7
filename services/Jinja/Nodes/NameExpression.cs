using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A variable's value.</summary>
internal sealed class NameExpression(int line, string name) : Expression(line)
{
    private VariableRef _variable;
    private bool _isOwn;
    private int _slot;

    public string Name => name;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = _isOwn ? frame.Slots[_slot] : _variable.Read(context, frame);
        return ReferenceEquals(value, Missing.Value) ? Undefined.Variable(name) : value;
    }

    public override bool IsDefined(RenderContext context, Frame frame)
    {
        var value = _variable.Read(context, frame);
        return !ReferenceEquals(value, Missing.Value) && value is not Undefined;
    }

    public override void Declare(SymbolTable symbols) => symbols.Load(name);

    public override void Bind(Binder binder)
    {
        _variable = binder.Find(name);
        (_isOwn, _slot) = (_variable.Hops == 0, _variable.Slot);
    }
}
