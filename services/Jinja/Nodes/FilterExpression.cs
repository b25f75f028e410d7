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
    private readonly CommonFilter _common = arguments.All.Length > 0 ? CommonFilter.Other : name switch
    {
        "trim" => CommonFilter.Trim,
        "length" or "count" => CommonFilter.Length,
        "string" => CommonFilter.String,
        _ => CommonFilter.Other,
    };

    public string Name => name;

    public Expression Operand => operand;

    /// <summary>Whether it is <c>length</c>.</summary>
    public bool IsLength => _common == CommonFilter.Length;

    public override object? Evaluate(RenderContext context, Frame frame)
    {
        return Apply(context, frame, operand.Evaluate(context, frame));
    }

    /// <summary>What the filter makes of a value.</summary>
    public object? Apply(RenderContext context, Frame frame, object? value)
    {
        if (_common != CommonFilter.Other && value is string text)
        {
            return Apply(context, text);
        }

        return _filter is null
            ? throw PyError.Runtime($"No filter named '{name}' found.")
            : context.Apply(_filter, value, arguments.Evaluate(context, frame));
    }

    private object Apply(RenderContext context, string text)
    {
        if (_common == CommonFilter.String)
        {
            return text;
        }

        context.ChargeScan(text.Length);
        if (_common == CommonFilter.Length)
        {
            return Box.Int(PyText.Length(text));
        }

        var trimmed = PyText.Strip(text, null);
        if (trimmed.Length < text.Length)
        {
            context.ChargeText(trimmed.Length);
        }

        return trimmed;
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
