using Atropos.Jinja.Binding;
using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a is name(...)</c> or <c>a is not name(...)</c>.</summary>
internal sealed class TestExpression(int line, Expression operand, string name, ArgumentList arguments, bool isNegated)
    : Expression(line, [operand, .. arguments.All])
{
    private readonly BuiltinTest? _function = TestTable.Find(name);
    private readonly Func<object?, bool>? _type = arguments.All.Length == 0 ? TestTable.FindType(name) : null;
    private readonly TypeTest _test = arguments.All.Length == 0 ? Find(name) : TypeTest.Other;
    private readonly bool _expected = (name != "undefined") != isNegated;

    public Expression Operand => operand;

    public bool IsNegated => isNegated;

    public override object? Evaluate(RenderContext context, Frame frame) => Box.Bool(Test(context, frame));

    public override bool Test(RenderContext context, Frame frame)
    {
        if (_test == TypeTest.Defined)
        {
            return operand.IsDefined(context, frame) == _expected;
        }

        var value = operand.Evaluate(context, frame);
        switch (_test)
        {
            case TypeTest.None:
                return value is null != isNegated;
            case TypeTest.String:
                return value is string or Markup != isNegated;
            case TypeTest.Mapping:
                return value is JinjaDict != isNegated;
            case TypeTest.True:
                return value is true != isNegated;
            case TypeTest.False:
                return value is false != isNegated;
            default:
                break;
        }

        return _type is not null ? _type(value) != isNegated
            : _function is null
            ? throw PyError.Runtime($"No test named '{name}' found.")
            : context.Apply(_function, value, arguments.Evaluate(context, frame)) != isNegated;
    }

    public override void Bind(Binder binder)
    {
        if (_function is null && !binder.IsConditional)
        {
            throw new TemplateSyntaxException($"No test named '{name}'.", Line);
        }

        base.Bind(binder);
    }

    private static TypeTest Find(string name) => name switch
    {
        "defined" or "undefined" => TypeTest.Defined,
        "none" => TypeTest.None,
        "string" => TypeTest.String,
        "mapping" => TypeTest.Mapping,
        "true" => TypeTest.True,
        "false" => TypeTest.False,
        _ => TypeTest.Other,
    };
}
