using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>Python's binary and unary operators on any values.</summary>
internal static class PyOperators
{
    public static object? Add(RenderContext context, object? left, object? right)
    {
        if (left is string a && right is string b)
        {
            return context.Concat(a, b);
        }

        if (PyNumber.IsNumber(left) && PyNumber.IsNumber(right))
        {
            return PyNumber.Add(left!, right!);
        }

        Undefined.Reject(left);
        Undefined.Reject(right);
        switch (left)
        {
            case Markup markup when PyTypes.TryText(right, out var text):
                return new Markup(context.Concat(markup.Value, right is Markup ? text : Markup.Escape(text)));
            case string plain when right is Markup markup:
                return new Markup(context.Concat(Markup.Escape(plain), markup.Value));
            case JinjaList list when right is JinjaList other:
                context.ChargeItems(list.Count + (long)other.Count);
                return new JinjaList([.. list.Items, .. other.Items]);
            case JinjaTuple tuple when right is JinjaTuple other:
                context.ChargeItems(tuple.Count + (long)other.Count);
                return new JinjaTuple([.. tuple.Items, .. other.Items]);
            case string or JinjaSequence:
                throw PyError.Type($"can only concatenate {PyTypes.Name(left)} (not \"{PyTypes.Name(right)}\") to {PyTypes.Name(left)}");
            default:
                throw Unsupported("+", left, right);
        }
    }

    public static object? Subtract(object? left, object? right) => Arithmetic("-", left, right, PyNumber.Subtract);

    public static object? Multiply(RenderContext context, object? left, object? right)
    {
        if (PyNumber.IsNumber(left) && PyNumber.IsNumber(right))
        {
            return PyNumber.Multiply(left!, right!);
        }

        return Repeat(context, left, right) ?? Repeat(context, right, left) ?? throw Reject("*", left, right);
    }

    public static object? Divide(object? left, object? right) => Arithmetic("/", left, right, PyNumber.Divide);

    public static object? FloorDivide(object? left, object? right) => Arithmetic("//", left, right, PyNumber.FloorDivide);

    public static object? Power(object? left, object? right) => Arithmetic("** or pow()", left, right, PyNumber.Power);

    public static object? Modulo(RenderContext context, object? left, object? right) => left switch
    {
        string format => Formatting.PercentFormatter.Format(context, format, right),
        Markup format => new Markup(Formatting.PercentFormatter.Format(context, format.Value, EscapeArguments(right))),
        _ => Arithmetic("%", left, right, PyNumber.Modulo),
    };

    public static object Negate(object? value) => PyNumber.IsNumber(value) ? PyNumber.Negate(value!) : throw BadUnary("-", value);

    public static object Plus(object? value) => value switch
    {
        bool flag => Box.Int(flag ? 1 : 0),
        not null when PyNumber.IsNumber(value) => value,
        _ => throw BadUnary("+", value),
    };

    private static object? EscapeArguments(object? value) => value switch
    {
        string text => new Markup(Markup.Escape(text)),
        JinjaTuple tuple => new JinjaTuple(Array.ConvertAll(tuple.Items, EscapeArguments)),
        _ => value,
    };

    private static object? Repeat(RenderContext context, object? value, object? times)
    {
        if (!PyNumber.TryLong(times, out var count) || value is not (string or Markup or JinjaSequence))
        {
            return null;
        }

        count = Math.Max(0, count);
        if (value is JinjaSequence sequence)
        {
            context.ChargeItems((Int128)sequence.Count * count);
            var items = new object?[sequence.Count * count];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = sequence.Items[i % sequence.Count];
            }

            return sequence is JinjaList ? new JinjaList(items) : new JinjaTuple(items);
        }

        PyTypes.TryText(value, out var text);
        context.ChargeText((Int128)text!.Length * count);
        var repeated = text.Length == 0 ? "" : string.Create((int)(text.Length * count), text, static (span, part) =>
        {
            for (var at = 0; at < span.Length; at += part.Length)
            {
                part.CopyTo(span[at..]);
            }
        });
        return value is Markup ? new Markup(repeated) : repeated;
    }

    private static object Arithmetic(string symbol, object? left, object? right, Func<object, object, object> operation) =>
        PyNumber.IsNumber(left) && PyNumber.IsNumber(right) ? operation(left!, right!) : throw Reject(symbol, left, right);

    private static TemplateRuntimeException Reject(string symbol, object? left, object? right)
    {
        Undefined.Reject(left);
        Undefined.Reject(right);
        return Unsupported(symbol, left, right);
    }

    private static TemplateRuntimeException Unsupported(string symbol, object? left, object? right) =>
        PyError.Type($"unsupported operand type(s) for {symbol}: '{PyTypes.Name(left)}' and '{PyTypes.Name(right)}'");

    private static TemplateRuntimeException BadUnary(string symbol, object? value)
    {
        Undefined.Reject(value);
        return PyError.Type($"bad operand type for unary {symbol}: '{PyTypes.Name(value)}'");
    }
}
