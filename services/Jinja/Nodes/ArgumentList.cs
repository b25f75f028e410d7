using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>The arguments of a call, filter or test as written.</summary>
internal sealed class ArgumentList
{
    public static readonly ArgumentList Empty = new([], [], null, null);

    private readonly Expression[] _positional;
    private readonly KeyValuePair<string, Expression>[] _named;
    private readonly Expression? _star;
    private readonly Expression? _doubleStar;
    private readonly CallArgs? _constant;

    public ArgumentList(Expression[] positional, KeyValuePair<string, Expression>[] named, Expression? star, Expression? doubleStar)
    {
        _positional = positional;
        _named = named;
        _star = star;
        _doubleStar = doubleStar;
        All = [.. positional, .. named.Select(pair => pair.Value), .. star is null ? [] : new[] { star }, .. doubleStar is null ? [] : new[] { doubleStar }];
        _constant = star is null && doubleStar is null ? Constant() : null;
    }

    /// <summary>Every argument expression, in the order of evaluation.</summary>
    public Expression[] All { get; }

    /// <summary>Whether an argument is given by this name.</summary>
    public bool Names(string name) => _named.Any(pair => pair.Key == name);

    /// <summary>Evaluates the arguments.</summary>
    /// <param name="context">The rendering.</param>
    /// <param name="frame">The variables.</param>
    /// <param name="caller">What a call block hands over, which stands before the arguments of a dict.</param>
    public CallArgs Evaluate(RenderContext context, Frame frame, PyObject? caller = null)
    {
        if (_constant is not null && caller is null)
        {
            return _constant;
        }

        var values = _positional.Length == 0 ? [] : new object?[_positional.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _positional[i].Evaluate(context, frame);
        }

        var pairs = _named.Length == 0 ? [] : new KeyValuePair<string, object?>[_named.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(_named[i].Key, _named[i].Value.Evaluate(context, frame));
        }

        if (caller is not null)
        {
            pairs = [.. pairs, new("caller", caller)];
        }

        if (_star is not null)
        {
            var spread = PyIter.Items(context, _star.Evaluate(context, frame));
            context.ChargeObjects(values.Length + (long)spread.Length);
            values = [.. values, .. spread];
        }

        if (_doubleStar is not null)
        {
            pairs = [.. pairs, .. Spread(context, _doubleStar.Evaluate(context, frame))];
            if (pairs.DistinctBy(pair => pair.Key).Count() < pairs.Length)
            {
                throw PyError.Type("got multiple values for a keyword argument");
            }
        }

        return new CallArgs(values, pairs);
    }

    /// <summary>The arguments where all of them are literals: callees never change what they are given.</summary>
    private CallArgs? Constant()
    {
        if (All.Length == 0)
        {
            return CallArgs.Empty;
        }

        return Array.TrueForAll(All, argument => argument is ConstantExpression)
            ? new CallArgs(Array.ConvertAll(_positional, Value), Array.ConvertAll(_named, pair => KeyValuePair.Create(pair.Key, Value(pair.Value))))
            : null;

        static object? Value(Expression expression) => ((ConstantExpression)expression).Value;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Spread(RenderContext context, object? value)
    {
        if (value is not JinjaDict dict)
        {
            throw PyError.Type($"argument after ** must be a mapping, not {PyTypes.Name(value)}");
        }

        context.ChargeObjects(2L * dict.Count);
        for (var i = 0; i < dict.Count; i++)
        {
            yield return dict.Keys[i] is string name ? new(name, dict.Values[i]) : throw PyError.Type("keywords must be strings");
        }
    }
}
