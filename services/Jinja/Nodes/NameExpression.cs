using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A variable's value.</summary>
internal sealed class NameExpression(int line, string name) : Expression(line)
{
    private VariableRef _variable;

    public string Name => name;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = _variable.Read(context, frame);
        return ReferenceEquals(value, Missing.Value) ? Undefined.Variable(name) : value;
    }

    public override void Declare(SymbolTable symbols) => symbols.Load(name);

    public override void Bind(Binder binder) => _variable = binder.Find(name);
}
