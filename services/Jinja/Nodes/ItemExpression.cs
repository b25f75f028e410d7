using Atropos.Jinja.Builtins;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a[key]</c>.</summary>
internal sealed class ItemExpression(int line, Expression target, Expression key) : Expression(line, target, key)
{
    private readonly string? _name = (key as ConstantExpression)?.Value is string name && MethodTable.IsPlainItem(name) ? name : null;
    private int _place;

    public Expression Target => target;

    public Expression Key => key;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var owner = target.Evaluate(context, frame);
        if (_name is not null && owner is JinjaDict dict)
        {
            return dict.TryGet(_name, ref _place, out var item) ? item : Undefined.Element(dict, _name);
        }

        return PyAccess.Item(owner, key.Evaluate(context, frame));
    }

    public override bool Test(RenderContext context, Frame frame)
    {
        if (_name is null)
        {
            return base.Test(context, frame);
        }

        var owner = target.Evaluate(context, frame);
        return owner is JinjaDict dict
            ? dict.TryGet(_name, ref _place, out var item) && PyTypes.IsTrue(item)
            : PyTypes.IsTrue(PyAccess.Item(owner, _name));
    }

    public override bool IsDefined(RenderContext context, Frame frame)
    {
        if (_name is null)
        {
            return base.IsDefined(context, frame);
        }

        var owner = target.Evaluate(context, frame);
        return owner is JinjaDict dict
            ? dict.TryGet(_name, ref _place, out var item) && item is not Undefined
            : PyAccess.Item(owner, _name) is not Undefined;
    }
}
