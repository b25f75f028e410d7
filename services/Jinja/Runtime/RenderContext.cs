using Atropos.Jinja.Builtins;

namespace Atropos.Jinja.Runtime;

/// <summary>The state of one rendering: its variables, its output and what it has used of its limits.</summary>
internal sealed class RenderContext : IDisposable
{
    private const int CancellationInterval = 0x3FF;

    private readonly IReadOnlyDictionary<string, object?> _variables;
    private readonly CancellationToken _cancellation;
    private readonly Stack<OutputBuffer> _outer = new();
    private readonly Stack<OutputBuffer> _spare = new();
    private OutputBuffer _output = new();
    private Dictionary<string, object?>? _exports;
    private long _steps;
    private long _written;

    public RenderContext(
        IReadOnlyDictionary<string, object?> variables, TemplateOptions options, TemplateLimits limits, CancellationToken cancellation)
    {
        _variables = variables;
        _cancellation = cancellation;
        TimeProvider = options.TimeProvider;
        Limits = limits;
    }

    public TemplateLimits Limits { get; }

    public TimeProvider TimeProvider { get; }

    /// <summary>Values of the names that the template takes from outside, in the order the template was bound with.</summary>
    public object?[] Globals { get; set; } = [];

    public int Line { get; set; }

    public int Depth { get; set; }

    public bool AutoEscape { get; set; }

    /// <summary>The value of a name from the caller's variables or the built-in globals; <see cref="Missing"/> where there is none.</summary>
    public object? Resolve(string name)
    {
        if (_exports is not null && _exports.TryGetValue(name, out var exported))
        {
            return exported;
        }

        return _variables.TryGetValue(name, out var value) ? JinjaValue.From(value)
            : GlobalFunctions.All.TryGetValue(name, out var global) ? global
            : Missing.Value;
    }

    /// <summary>Makes a top-level variable visible to <c>block</c>s, which see no scope but the context.</summary>
    public void Export(string name, object? value) => (_exports ??= [])[name] = value;

    /// <summary>Counts one unit of work.</summary>
    public void Step()
    {
        if ((++_steps & CancellationInterval) == 0)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        if (_steps > Limits.MaxSteps)
        {
            throw TooManySteps();
        }
    }

    /// <summary>Counts work in proportion to what is copied or visited.</summary>
    public void Charge(long units)
    {
        _steps += units;
        if (_steps > Limits.MaxSteps)
        {
            throw TooManySteps();
        }

        if (units > CancellationInterval)
        {
            _cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Counts a string about to be made.</summary>
    public void ChargeText(Int128 length)
    {
        if (length > Limits.MaxOutputLength)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxOutputLength), $"The template makes a text of more than {Limits.MaxOutputLength} characters.");
        }

        Charge((long)length / 16);
    }

    /// <summary>Counts a list about to be made.</summary>
    public void ChargeItems(Int128 count)
    {
        if (count > Limits.MaxRangeSize)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRangeSize), $"The template makes a list of more than {Limits.MaxRangeSize} items.");
        }

        Charge((long)count / 16);
    }

    public string Concat(string left, string right)
    {
        ChargeText((Int128)left.Length + right.Length);
        return string.Concat(left, right);
    }

    /// <summary>Writes what a filter or macro gave, which has to be text.</summary>
    public void WriteResult(object? result) => Write(PyTypes.TryText(result, out var text)
        ? text
        : throw Errors.PyError.Type($"sequence item 0: expected str instance, {PyTypes.Name(result)} found"));

    public void Write(string text)
    {
        _written += text.Length;
        if (_written > Limits.MaxOutputLength)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxOutputLength), $"The rendered text is longer than {Limits.MaxOutputLength} characters.");
        }

        _output.Append(text);
    }

    /// <summary>Sends output to a buffer of its own until <see cref="EndCapture"/>.</summary>
    public void BeginCapture()
    {
        _outer.Push(_output);
        _output = _spare.TryPop(out var spare) ? spare : new OutputBuffer();
    }

    /// <summary>Ends the innermost capture and gives its text.</summary>
    public string EndCapture()
    {
        var text = _output.TakeText();
        _spare.Push(_output);
        _output = _outer.Pop();

        // The captured text counts once it is written, else macros that wrap macros would pay for it at each level.
        _written -= text.Length;
        Charge(text.Length / 16);
        return text;
    }

    public string TakeOutput() => _output.TakeText();

    /// <summary>Enters a macro or recursive loop.</summary>
    public void EnterCall()
    {
        Step();
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++Depth > Limits.MaxRecursionDepth)
        {
            throw new TemplateLimitException(
                nameof(TemplateLimits.MaxRecursionDepth), $"Macro calls are nested more than {Limits.MaxRecursionDepth} deep.");
        }
    }

    public void LeaveCall() => Depth--;

    public void Dispose()
    {
        _output.Dispose();
        foreach (var buffer in _outer.Concat(_spare))
        {
            buffer.Dispose();
        }
    }

    private TemplateLimitException TooManySteps() =>
        new(nameof(TemplateLimits.MaxSteps), $"The template does more than {Limits.MaxSteps} steps of work.");
}
