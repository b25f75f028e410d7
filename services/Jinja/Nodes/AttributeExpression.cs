using Atropos.Jinja.Builtins;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a.name</c>.</summary>
internal sealed class AttributeExpression(int line, Expression target, string name) : Expression(line, target)
{
    private readonly bool _isItem = MethodTable.IsPlainItem(name);
    private readonly LoopAttribute _loopAttribute = LoopValue.Find(name);
    private readonly bool _isHidden = NamespaceValue.Hides(name);
    private int _place;

    public Expression Target => target;

    public string Name => name;

    public override object? Evaluate(RenderContext context, Frame frame) => Read(target.Evaluate(context, frame));

    /// <summary>The attribute of <paramref name="owner"/>. Most attributes are items of dicts: these are looked for where the last
    /// dict had them.</summary>
    public object? Read(object? owner)
    {
        if (owner is JinjaDict dict && _isItem)
        {
            return dict.TryGet(name, ref _place, out var item) ? item : Undefined.Element(dict, name);
        }

        return owner is LoopValue loop && _loopAttribute != LoopAttribute.None ? loop.Get(_loopAttribute)
            : owner is NamespaceValue names && !_isHidden && names.Attributes.TryGet(name, ref _place, out var value) ? value
            : PyAccess.Attribute(owner, name);
    }

    public override bool Test(RenderContext context, Frame frame)
    {
        var owner = target.Evaluate(context, frame);
        return owner is JinjaDict dict && _isItem
            ? dict.TryGet(name, ref _place, out var item) && PyTypes.IsTrue(item)
            : PyTypes.IsTrue(Read(owner));
    }

    public override bool IsDefined(RenderContext context, Frame frame)
    {
        var owner = target.Evaluate(context, frame);
        return owner is JinjaDict dict && _isItem
            ? dict.TryGet(name, ref _place, out var item) && item is not Undefined
            : Read(owner) is not Undefined;
    }
}
