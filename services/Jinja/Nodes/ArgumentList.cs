using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>The arguments of a call, filter or test as written.</summary>
internal sealed class ArgumentList(
    Expression[] positional, KeyValuePair<string, Expression>[] named, Expression? star, Expression? doubleStar)
{
    public static readonly ArgumentList Empty = new([], [], null, null);

    /// <summary>Every argument expression, in the order of evaluation.</summary>
    public Expression[] All { get; } =
        [.. positional, .. named.Select(pair => pair.Value), .. star is null ? [] : new[] { star }, .. doubleStar is null ? [] : new[] { doubleStar }];

    /// <summary>Whether an argument is given by this name.</summary>
    public bool Names(string name) => named.Any(pair => pair.Key == name);

    /// <summary>Evaluates the arguments.</summary>
    /// <param name="context">The rendering.</param>
    /// <param name="frame">The variables.</param>
    /// <param name="caller">What a call block hands over, which stands before the arguments of a dict.</param>
    public CallArgs Evaluate(RenderContext context, Frame frame, PyObject? caller = null)
    {
        if (All.Length == 0 && caller is null)
        {
            return CallArgs.Empty;
        }

        var values = new object?[positional.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = positional[i].Evaluate(context, frame);
        }

        var pairs = named.Length == 0 ? [] : new KeyValuePair<string, object?>[named.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(named[i].Key, named[i].Value.Evaluate(context, frame));
        }

        if (caller is not null)
        {
            pairs = [.. pairs, new("caller", caller)];
        }

        if (star is not null)
        {
            values = [.. values, .. PyIter.Items(context, star.Evaluate(context, frame))];
        }

        if (doubleStar is not null)
        {
            pairs = [.. pairs, .. Spread(doubleStar.Evaluate(context, frame))];
            if (pairs.DistinctBy(pair => pair.Key).Count() < pairs.Length)
            {
                throw PyError.Type("got multiple values for a keyword argument");
            }
        }

        return new CallArgs(values, pairs);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Spread(object? value)
    {
        if (value is not JinjaDict dict)
        {
            throw PyError.Type($"argument after ** must be a mapping, not {PyTypes.Name(value)}");
        }

        for (var i = 0; i < dict.Count; i++)
        {
            yield return dict.Keys[i] is string name ? new(name, dict.Values[i]) : throw PyError.Type("keywords must be strings");
        }
    }
}
