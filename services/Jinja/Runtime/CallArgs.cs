using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>The evaluated arguments of a call.</summary>
internal sealed class CallArgs(object?[] positional, KeyValuePair<string, object?>[] named)
{
    public static readonly CallArgs Empty = new([], []);

    public object?[] Positional => positional;

    public KeyValuePair<string, object?>[] Named => named;

    /// <summary>The one argument, where there is no other and it is a str.</summary>
    public string? OnlyText => positional.Length == 1 && named.Length == 0 ? positional[0] as string : null;

    public static CallArgs Of(params object?[] positional) => new(positional, []);

    /// <summary>Lays the arguments out by parameter; <see cref="Missing"/> stands where none was given.</summary>
    /// <param name="function">The callee's name, for errors.</param>
    /// <param name="parameters">Parameter names in order.</param>
    /// <param name="required">How many of the first parameters must be given.</param>
    public object?[] Bind(string function, string[] parameters, int required = 0)
    {
        if (positional.Length > parameters.Length)
        {
            throw PyError.Type($"{function}() takes at most {parameters.Length} arguments ({positional.Length} given)");
        }

        var bound = new object?[parameters.Length];
        positional.CopyTo(bound, 0);
        Array.Fill(bound, Missing.Value, positional.Length, bound.Length - positional.Length);
        foreach (var (name, value) in named)
        {
            var at = Array.IndexOf(parameters, name);
            if (at < 0)
            {
                throw PyError.Type($"{function}() got an unexpected keyword argument '{name}'");
            }

            if (bound[at] != Missing.Value)
            {
                throw PyError.Type($"{function}() got multiple values for argument '{name}'");
            }

            bound[at] = value;
        }

        for (var i = 0; i < required; i++)
        {
            if (bound[i] == Missing.Value)
            {
                throw PyError.Type($"{function}() missing required argument: '{parameters[i]}'");
            }
        }

        return bound;
    }

    public void RequireNone(string function)
    {
        if (this != Empty)
        {
            Bind(function, []);
        }
    }

    /// <summary>The arguments without the first <paramref name="count"/> positional ones.</summary>
    public CallArgs Skip(int count) => new(positional[count..], named);
}
