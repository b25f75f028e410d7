using Atropos.Jinja.Nodes;

namespace Atropos.Jinja.Syntax;

/// <summary>Collects the <see cref="TemplateBinding"/>s of a template while it is parsed, in the order of the source.</summary>
internal sealed class BindingReader
{
    private readonly List<TemplateBinding> _bindings = [];

    public TemplateBinding[] Bindings => _bindings.ToArray();

    public void Add(bool isLoop, AssignTarget target, Expression source)
    {
        if (Read(source) is var (variable, member))
        {
            _bindings.Add(new TemplateBinding(isLoop, (target as NameTarget)?.Name, variable, member));
        }
    }

    private static (string Variable, string? Member)? Read(Expression source)
    {
        while (true)
        {
            switch (source)
            {
                case FilterExpression filter:
                    source = filter.Operand;
                    break;
                case TestExpression { IsNegated: false } test:
                    source = test.Operand;
                    break;
                case SliceExpression slice:
                    source = slice.Target;
                    break;
                case NameExpression name:
                    return (name.Name, null);
                case AttributeExpression { Target: NameExpression of } attribute:
                    return (of.Name, attribute.Name);
                case ItemExpression { Target: NameExpression of, Key: ConstantExpression { Value: string key } }:
                    return (of.Name, key);
                default:
                    return null;
            }
        }
    }
}
