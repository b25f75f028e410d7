using Atropos.Jinja.Binding;
using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a is name(...)</c> or <c>a is not name(...)</c>.</summary>
internal sealed class TestExpression(int line, Expression operand, string name, ArgumentList arguments, bool isNegated)
    : Expression(line, [operand, .. arguments.All])
{
    private readonly BuiltinTest? _test = TestTable.Find(name);

    public Expression Operand => operand;

    public bool IsNegated => isNegated;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        var value = operand.Evaluate(context, frame);
        return _test is null
            ? throw PyError.Runtime($"No test named '{name}' found.")
            : Box.Bool(_test(context, value, arguments.Evaluate(context, frame)) != isNegated);
    }

    public override void Bind(Binder binder)
    {
        if (_test is null && !binder.IsConditional)
        {
            throw new TemplateSyntaxException($"No test named '{name}'.", Line);
        }

        base.Bind(binder);
    }
}
