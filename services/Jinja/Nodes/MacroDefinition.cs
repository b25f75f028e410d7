using Atropos.Jinja.Binding;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>The parameters and body of a macro or of a <c>call</c> block.</summary>
internal sealed class MacroDefinition(string? name, string[] parameters, Expression[] defaults, Statement[] body)
{
    private static readonly string[] SpecialNames = ["caller", "kwargs", "varargs"];

    private SymbolTable? _scope;
    private ScopeEntry? _entry;
    private VariableRef[] _parameters = [];
    private readonly VariableRef?[] _specials = new VariableRef?[SpecialNames.Length];

    public string? Name => name;

    public string[] Parameters => parameters;

    public bool CatchesKeywords => _specials[1] is not null;

    public bool CatchesPositional => _specials[2] is not null;

    public bool TakesCaller => _specials[0] is not null;

    /// <summary>Which of caller, kwargs and varargs the body mentions.</summary>
    public required bool[] UsesSpecial { get; init; }

    public void Bind(Binder binder)
    {
        _scope = binder.OpenFunction(symbols =>
        {
            foreach (var parameter in parameters)
            {
                symbols.Parameter(parameter);
            }

            foreach (var value in defaults)
            {
                value.Declare(symbols);
            }

            Statement.DeclareAll(body, symbols);
            foreach (var special in Specials())
            {
                symbols.Parameter(SpecialNames[special]);
            }
        });
        _entry = _scope.Seal(binder.Globals);
        binder.Within(_scope, () =>
        {
            binder.BindAll(defaults);
            binder.BindAll(body);
            _parameters = Array.ConvertAll(parameters, binder.Find);
            foreach (var special in Specials())
            {
                _specials[special] = binder.Find(SpecialNames[special]);
            }
        });
    }

    public object Invoke(RenderContext context, Frame closure, CallArgs args)
    {
        context.BeginCapture();
        Write(context, closure, args);
        var text = context.EndCapture();
        return context.AutoEscape ? new Markup(text) : text;
    }

    /// <summary>Runs the body with its text going straight to the output.</summary>
    public void Write(RenderContext context, Frame closure, CallArgs args)
    {
        context.EnterCall();
        var line = context.Line;
        var frame = new Frame(_scope!.Function.SlotCount, closure);
        context.ChargeObjects(frame.Slots.Length);
        Accept(frame, args);
        _entry!.Run(context, frame);
        ApplyDefaults(context, frame);
        Statement.ExecuteAll(body, context, frame);
        context.LeaveCall();
        context.Line = line;
    }

    private IEnumerable<int> Specials() =>
        Enumerable.Range(0, SpecialNames.Length).Where(i => UsesSpecial[i] && !parameters.Contains(SpecialNames[i]));

    private void Accept(Frame frame, CallArgs args)
    {
        var given = Math.Min(args.Positional.Length, parameters.Length);
        for (var i = 0; i < parameters.Length; i++)
        {
            _parameters[i].Write(frame, i < given ? args.Positional[i] : Missing.Value);
        }

        var rest = args.Named.Length == 0 ? null : AcceptNamed(frame, args.Named, given);
        if (_specials[0] is { } caller)
        {
            var value = Undefined.WithHint("No caller defined") as object;
            if (rest is not null && rest.Remove("caller", out var passed))
            {
                value = passed;
            }

            caller.Write(frame, value);
        }

        AcceptRest(frame, args, rest);
    }

    private Dictionary<string, object?> AcceptNamed(Frame frame, KeyValuePair<string, object?>[] named, int given)
    {
        var rest = new Dictionary<string, object?>();
        foreach (var (key, value) in named)
        {
            var at = Array.IndexOf(parameters, key);
            if (at >= given)
            {
                _parameters[at].Write(frame, value);
            }
            else
            {
                rest[key] = value;
            }
        }

        return rest;
    }

    private void AcceptRest(Frame frame, CallArgs args, Dictionary<string, object?>? rest)
    {
        if (_specials[1] is { } keywords)
        {
            var dict = new JinjaDict();
            foreach (var (key, value) in rest ?? [])
            {
                dict.Set(key, value);
            }

            keywords.Write(frame, dict);
        }
        else if (rest is { Count: > 0 })
        {
            throw PyError.Type($"macro {PyRepr.Repr(name)} takes no keyword argument '{rest.Keys.First()}'");
        }

        if (_specials[2] is { } positional)
        {
            positional.Write(frame, new JinjaTuple(args.Positional.Skip(parameters.Length).ToArray()));
        }
        else if (args.Positional.Length > parameters.Length)
        {
            throw PyError.Type($"macro {PyRepr.Repr(name)} takes not more than {parameters.Length} argument(s)");
        }
    }

    private void ApplyDefaults(RenderContext context, Frame frame)
    {
        var first = parameters.Length - defaults.Length;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (ReferenceEquals(_parameters[i].Read(context, frame), Missing.Value))
            {
                context.Charge(i >= first ? defaults[i - first].Weight : 1);
                _parameters[i].Write(frame, i >= first
                    ? defaults[i - first].Evaluate(context, frame)
                    : Undefined.WithHint($"parameter '{parameters[i]}' was not provided"));
            }
        }
    }
}
