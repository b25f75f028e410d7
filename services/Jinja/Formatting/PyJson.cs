using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class PyJson : IDisposable
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    private static readonly SearchValues<char> PlainAscii = SearchValues.Create(
        [.. Enumerable.Range(' ', '\x7f' - ' ').Select(code => (char)code).Where(c => c is not ('"' or '\\'))]);

    private readonly RenderContext _context;
    private readonly TextBuilder _result;
    private readonly bool _ensureAscii;
    private readonly bool _sortKeys;
    private readonly string? _indent;
    private readonly string _itemSeparator;
    private readonly string _keySeparator;

    private PyJson(RenderContext context, bool ensureAscii, string? indent, (string Item, string Key)? separators, bool sortKeys)
    {
        _context = context;
        _result = new TextBuilder(context);
        _ensureAscii = ensureAscii;
        _sortKeys = sortKeys;
        _indent = indent;
        (_itemSeparator, _keySeparator) = separators ?? (indent is null ? ", " : ",", ": ");
    }

    public static string Dump(
        RenderContext context, object? value, bool ensureAscii, string? indent, (string Item, string Key)? separators, bool sortKeys)
    {
        using var json = new PyJson(context, ensureAscii, indent, separators, sortKeys);
        json.Write(value, 1);
        return json._result.ToString();
    }

    public void Dispose() => _result.Dispose();

    private void Write(object? value, int level)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _context.Step();
        switch (value)
        {
            case null:
                _result.Append("null");
                break;
            case bool flag:
                _result.Append(flag ? "true" : "false");
                break;
            case string text:
                WriteText(text);
                break;
            case Markup markup:
                WriteText(markup.Value);
                break;
            case double number:
                _result.Append(Float(number));
                break;
            case JinjaSequence sequence:
                WriteItems(sequence.Items, level);
                break;
            case JinjaDict dict:
                WriteDict(dict, level);
                break;
            default:
                _result.Append(PyNumber.IsNumber(value)
                    ? PyRepr.Repr(value)
                    : throw PyError.Type($"Object of type {PyTypes.Name(value)} is not JSON serializable"));
                break;
        }
    }

    private static string Float(double number) =>
        double.IsNaN(number) ? "NaN"
        : double.IsInfinity(number) ? number > 0 ? "Infinity" : "-Infinity"
        : PyRepr.Float(number);

    private void WriteItems(object?[] items, int level)
    {
        if (items.Length == 0)
        {
            _result.Append("[]");
            return;
        }

        _result.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            Separate(i, level);
            Write(items[i], level + 1);
        }

        Close(']', level);
    }

    private void WriteDict(JinjaDict dict, int level)
    {
        if (dict.Count == 0)
        {
            _result.Append("{}");
            return;
        }

        var order = _sortKeys ? Order(dict) : null;
        _result.Append('{');
        for (var i = 0; i < dict.Count; i++)
        {
            var at = order is null ? i : order[i];
            Separate(i, level);
            WriteText(dict.Keys[at] as string ?? Key(dict.Keys[at]));
            _result.Append(_keySeparator);
            Write(dict.Values[at], level + 1);
        }

        Close('}', level);
    }

    private int[] Order(JinjaDict dict)
    {
        _context.ChargeObjects(3L * dict.Count);
        var keys = dict.Keys.ToArray();
        return StableSort.Sort(Enumerable.Range(0, dict.Count).ToArray(), (a, b) => PyCompare.Order(keys[a], keys[b], "<") ?? 0);
    }

    private static string Key(object? key) => key switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number => Float(number),
        _ when PyTypes.TryText(key, out var text) => text,
        _ when PyNumber.IsNumber(key) => PyRepr.Repr(key),
        _ => throw PyError.Type($"keys must be str, int, float, bool or None, not {PyTypes.Name(key)}"),
    };

    private void Separate(int index, int level)
    {
        _result.Append(index > 0 ? _itemSeparator : "");
        NewLine(level);
    }

    private void Close(char bracket, int level)
    {
        NewLine(level - 1);
        _result.Append(bracket);
    }

    private void NewLine(int level)
    {
        if (_indent is null)
        {
            return;
        }

        _context.Charge(level);
        _result.Append('\n');
        for (var i = 0; i < level; i++)
        {
            _result.Append(_indent);
        }
    }

    private void WriteText(string text)
    {
        _context.ChargeScan(text.Length);
        var rest = text.AsSpan();
        var plain = PlainLength(rest);
        if (plain < 0)
        {
            _result.AppendQuoted(rest);
            return;
        }

        _result.Append('"');
        for (; plain >= 0; plain = PlainLength(rest))
        {
            if (Letter(rest[plain]) is not '\0' and var letter)
            {
                _result.AppendEscaped(rest[..plain], letter);
            }
            else
            {
                _result.Append(rest[..plain]);
                WriteCode(rest[plain]);
            }

            rest = rest[(plain + 1)..];
        }

        _result.Append(rest);
        _result.Append('"');
    }

    /// <summary>How many characters stand for themselves before the first that does not; negative where all do.</summary>
    private int PlainLength(ReadOnlySpan<char> text) => _ensureAscii ? text.IndexOfAnyExcept(PlainAscii) : text.IndexOfAny(Escaped);

    private static char Letter(char c) => c switch
    {
        '"' or '\\' => c,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\f' => 'f',
        '\b' => 'b',
        _ => '\0',
    };

    private void WriteCode(char c)
    {
        Span<char> digits = stackalloc char[4];
        ((int)c).TryFormat(digits, out _, "x4", CultureInfo.InvariantCulture);
        _result.AppendEscaped([], 'u');
        _result.Append(digits);
    }
}
