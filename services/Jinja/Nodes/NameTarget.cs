using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A variable that is assigned.</summary>
internal sealed class NameTarget(string name) : AssignTarget
{
    private VariableRef _variable;
    private bool _isExported;
    private bool _isOwn;

    public string Name => name;

    public override void Declare(SymbolTable symbols, bool asParameter)
    {
        if (asParameter)
        {
            symbols.Parameter(name);
        }
        else
        {
            symbols.Store(name);
        }
    }

    public override void Bind(Binder binder)
    {
        _variable = binder.Find(name);
        _isOwn = _variable.Hops == 0;
        _isExported = binder.HasBlocks && binder.IsTopLevel;
    }

    public override AssignTarget Copy() => new NameTarget(name);

    public override void Assign(RenderContext context, Frame frame, object? value)
    {
        if (_isOwn)
        {
            frame.Slots[_variable.Slot] = value;
        }
        else
        {
            _variable.Write(frame, value);
        }

        if (_isExported)
        {
            context.Export(name, value);
        }
    }
}
