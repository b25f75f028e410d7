namespace Atropos.Jinja;

/// <summary>The one object whose attributes a template may set.</summary>
internal sealed class NamespaceValue(JinjaDict attributes) : PyObject
{
    public override string TypeName => "Namespace";

    public override string Text => $"<Namespace {Runtime.PyRepr.Repr(attributes)}>";

    /// <summary>Whether the sandbox keeps an attribute from the template that set it.</summary>
    public static bool Hides(string name) => name.StartsWith('_');

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return !Hides(name) && attributes.TryGet(name, out value);
    }

    public JinjaDict Attributes => attributes;
}
