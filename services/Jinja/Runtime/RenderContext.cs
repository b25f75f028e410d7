using System.Buffers;
using Atropos.Jinja.Builtins;

namespace Atropos.Jinja.Runtime;

/// <summary>The state of one rendering: its variables and its output, and what it has used of its limits.</summary>
internal sealed class RenderContext : Budget, IDisposable
{
    private readonly IReadOnlyDictionary<string, object?> _variables;
    private readonly OutputBuffer _output = new();
    private readonly Stack<int> _captures = new();
    private TextBuilder? _builder;
    private Dictionary<string, object?>? _exports;
    private Dictionary<string, object?>? _converted;
    private long _written;

    public RenderContext(
        IReadOnlyDictionary<string, object?> variables, TemplateOptions options, TemplateLimits limits, CancellationToken cancellation)
        : base(limits, options.TimeProvider, cancellation)
    {
        _variables = variables;
    }

    /// <summary>Values of the names that the template takes from outside, in the order the template was bound with.</summary>
    public object?[] Globals { get; set; } = [];

    public int Line { get; set; }

    public bool AutoEscape { get; set; }

    /// <summary>The value of a name from the caller's variables or the built-in globals; <see cref="Missing"/> where there is none.</summary>
    public object? Resolve(string name)
    {
        if (_exports is not null && _exports.TryGetValue(name, out var exported))
        {
            return exported;
        }

        return _variables.TryGetValue(name, out var value) ? Convert(name, value)
            : GlobalFunctions.All.TryGetValue(name, out var global) ? global
            : Missing.Value;
    }

    /// <summary>A caller's value as a template value. A block asks again each time it runs: what is no template value yet is
    /// converted once.</summary>
    private object? Convert(string name, object? value)
    {
        if (_converted is not null && _converted.TryGetValue(name, out var known))
        {
            return known;
        }

        var converted = JinjaValue.From(value);
        if (!ReferenceEquals(converted, value))
        {
            (_converted ??= [])[name] = converted;
        }

        return converted;
    }

    /// <summary>Makes a top-level variable visible to <c>block</c>s, which see no scope but the context.</summary>
    public void Export(string name, object? value) => (_exports ??= [])[name] = value;

    public object? Apply(BuiltinFilter filter, object? value, CallArgs args)
    {
        var before = Memory;
        ChargeCall(value);
        var result = filter(this, value, args);
        ChargeResult(value, result, before);
        return result;
    }

    public object? Apply(BuiltinMethod method, object self, CallArgs args)
    {
        var before = Memory;
        ChargeCall(self);
        var result = method(this, self, args);
        ChargeResult(self, result, before);
        return result;
    }

    public bool Apply(BuiltinTest test, object? value, CallArgs args)
    {
        ChargeCall(value);
        return test(this, value, args);
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

    /// <summary>Writes text as it is.</summary>
    public void Write(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        _written += text.Length;
        if (_written > MaxText)
        {
            throw TooLong();
        }

        _output.Append(text);
    }

    /// <summary>Writes what printing a value gives.</summary>
    public void WriteValue(object? value)
    {
        if (value is string plain && !AutoEscape)
        {
            Write(plain);
            return;
        }

        var text = PyRepr.Text(value);
        Write(AutoEscape && value is not Markup ? Markup.Escape(text) : text);
    }

    /// <summary>What is written from now on may be taken back by <see cref="TakeStretch"/>, or stays by <see cref="KeepStretch"/>.</summary>
    /// <returns>What one of the two is to be given.</returns>
    public int BeginStretch() => _output.Mark();

    /// <summary>Leaves what was written since <see cref="BeginStretch"/> where it is.</summary>
    public void KeepStretch(int outer) => _output.Keep(outer);

    /// <summary>Takes back what was written since <see cref="BeginStretch"/>.</summary>
    public string TakeStretch(int outer)
    {
        var text = _output.Take(outer);

        // The captured text counts once it is written, else macros that wrap macros would pay for it at each level.
        _written -= text.Length;
        ChargeText(text.Length);
        return text;
    }

    /// <summary>What is written from now on is taken back by <see cref="EndCapture"/>.</summary>
    public void BeginCapture() => _captures.Push(BeginStretch());

    /// <summary>Ends the innermost capture and gives its text, which is then no output.</summary>
    public string EndCapture() => TakeStretch(_captures.Pop());

    public string TakeOutput()
    {
        ChargeText(_written);
        return _output.JoinAll();
    }

    public long TakeOutput(IBufferWriter<char> writer)
    {
        _output.CopyTo(writer);
        return _written;
    }

    /// <summary>A builder for one text, to be given back when the text is made.</summary>
    public TextBuilder TakeBuilder()
    {
        var builder = _builder ?? new TextBuilder(this);
        _builder = null;
        return builder;
    }

    /// <summary>Keeps the builder for the next text.</summary>
    public void GiveBack(TextBuilder builder)
    {
        builder.Clear();
        _builder = builder;
    }

    public void Dispose()
    {
        _builder?.Dispose();
        Leave();
        _output.Dispose();
    }
}
