using Atropos.Jinja.Binding;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>An attribute of a namespace: <c>ns.a</c>.</summary>
internal sealed class NamespaceTarget(string name, string attribute) : AssignTarget
{
    private VariableRef _variable;
    private int _place;

    public override void Declare(SymbolTable symbols, bool asParameter) => symbols.Load(name);

    public override void Bind(Binder binder) => _variable = binder.Find(name);

    public override AssignTarget Copy() => new NamespaceTarget(name, attribute);

    public override void Assign(RenderContext context, Frame frame, object? value)
    {
        if (_variable.Read(context, frame) is not NamespaceValue target)
        {
            throw PyError.Runtime("cannot assign attribute on non-namespace object");
        }

        target.Attributes.Set(attribute, ref _place, value);
    }
}
