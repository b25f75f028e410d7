using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a(...)</c>, with a shortcut for methods of built-in values.</summary>
internal sealed class CallExpression(int line, Expression target, ArgumentList arguments) : Expression(line, [target, .. arguments.All])
{
    private readonly AttributeExpression? _attribute = target as AttributeExpression;

    /// <summary>Whether an argument is given by this name.</summary>
    public bool NamesArgument(string name) => arguments.Names(name);

    public override object? Evaluate(RenderContext context, Frame frame) => Evaluate(context, frame, null);

    /// <summary>Evaluates the call with <paramref name="caller"/> as the extra argument of that name, where one is given.</summary>
    public object? Evaluate(RenderContext context, Frame frame, PyObject? caller)
    {
        object? callee;
        if (_attribute is not null)
        {
            var self = _attribute.Target.Evaluate(context, frame);
            if (MethodTable.Find(self, _attribute.Name) is { } method)
            {
                return method(context, self!, arguments.Evaluate(context, frame, caller));
            }

            callee = PyAccess.Attribute(self, _attribute.Name);
        }
        else
        {
            callee = target.Evaluate(context, frame);
        }

        if (callee is not PyObject { IsCallable: true } function)
        {
            throw PyError.Type($"'{PyTypes.Name(callee)}' object is not callable");
        }

        return function.Call(context, arguments.Evaluate(context, frame, caller));
    }
}
