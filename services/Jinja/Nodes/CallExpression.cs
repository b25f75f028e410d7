using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>a(...)</c>, with a shortcut for methods of built-in values.</summary>
internal sealed class CallExpression(int line, Expression target, ArgumentList arguments) : Expression(line, [target, .. arguments.All])
{
    /// <summary>About what a call allocates for its arguments and a small result.</summary>
    private const int CallSize = 192;

    private readonly AttributeExpression? _attribute = target as AttributeExpression;
    private readonly BuiltinMethod? _textMethod = target is AttributeExpression attribute ? MethodTable.Find("", attribute.Name) : null;

    private readonly BuiltinMethod? _dictMethod = target is AttributeExpression dictAttribute ? CollectionMethods.Dict.GetValueOrDefault(dictAttribute.Name) : null;

    /// <summary>Whether an argument is given by this name.</summary>
    public bool NamesArgument(string name) => arguments.Names(name);

    public override object? Evaluate(RenderContext context, Frame frame) => Evaluate(context, frame, null);

    /// <summary>Evaluates the call with <paramref name="caller"/> as the extra argument of that name, where one is given.</summary>
    public object? Evaluate(RenderContext context, Frame frame, PyObject? caller)
    {
        if (Callee(context, frame, out var method, out var self) is not { } function)
        {
            return context.Apply(method!, self!, arguments.Evaluate(context, frame, caller));
        }

        return function.Call(context, arguments.Evaluate(context, frame, caller));
    }

    public override void Write(RenderContext context, Frame frame)
    {
        var callee = Callee(context, frame, out var method, out var self);
        var args = arguments.Evaluate(context, frame);
        if (callee is MacroValue macro && !context.AutoEscape)
        {
            macro.Write(context, args);
        }
        else
        {
            context.WriteValue(callee is null ? context.Apply(method!, self!, args) : callee.Call(context, args));
        }
    }

    /// <summary>What is called: an object, or null for a method of a built-in value.</summary>
    private PyObject? Callee(RenderContext context, Frame frame, out BuiltinMethod? method, out object? self)
    {
        object? callee;
        self = null;
        method = null;
        context.ChargeMemory(CallSize);
        if (_attribute is null)
        {
            callee = target.Evaluate(context, frame);
        }
        else
        {
            self = _attribute.Target.Evaluate(context, frame);
            method = self is string ? _textMethod : self is JinjaDict ? _dictMethod : MethodTable.Find(self, _attribute.Name);
            if (method is not null)
            {
                return null;
            }

            callee = _attribute.Read(self);
        }

        return callee is PyObject { IsCallable: true } function
            ? function
            : throw PyError.Type($"'{PyTypes.Name(callee)}' object is not callable");
    }
}
