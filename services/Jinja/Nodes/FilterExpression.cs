using Atropos.Jinja.Binding;
using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a|name(...)</c>.</summary>
internal sealed class FilterExpression(int line, Expression operand, string name, ArgumentList arguments)
    : Expression(line, [operand, .. arguments.All])
{
    private readonly BuiltinFilter? _filter = FilterTable.Find(name);

    public string Name => name;

    public Expression Operand => operand;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = operand.Evaluate(context, frame);
        return _filter is null
            ? throw PyError.Runtime($"No filter named '{name}' found.")
            : context.Apply(_filter, value, arguments.Evaluate(context, frame));
    }

    public override void Bind(Binder binder)
    {
        if (_filter is null && !binder.IsConditional)
        {
            throw new TemplateSyntaxException($"No filter named '{name}'.", Line);
        }

        base.Bind(binder);
    }
}
