namespace Atropos.Jinja;

/// <summary>The one object whose attributes a template may set.</summary>
internal sealed class NamespaceValue(JinjaDict attributes) : PyObject
{
    public override string TypeName => "Namespace";

    public override string Text => $"<Namespace {Runtime.PyRepr.Repr(attributes)}>";

    public override bool TryGetAttribute(string name, out object? value) => attributes.TryGet(name, out value);

    public JinjaDict Attributes => attributes;
}
