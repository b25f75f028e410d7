namespace Atropos.Jinja;

/// <summary>What <c>self</c> names inside a template.</summary>
internal sealed class TemplateReference : PyObject
{
    public static readonly TemplateReference Instance = new();

    public override string TypeName => "TemplateReference";

    public override string Text => "<TemplateReference None>";
}
