using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>macro</c> … <c>endmacro</c>.</summary>
internal sealed class MacroStatement(int line, MacroDefinition definition) : Statement(line)
{
    private readonly NameTarget _target = new(definition.Name!);

    public override Flow Execute(RenderContext context, Frame frame)
    {
        _target.Assign(context, frame, new MacroValue(definition, frame));
        return Flow.Next;
    }

    public override void Declare(SymbolTable symbols) => _target.Declare(symbols, asParameter: false);

    public override void Bind(Binder binder)
    {
        definition.Bind(binder);
        _target.Bind(binder);
    }
}
