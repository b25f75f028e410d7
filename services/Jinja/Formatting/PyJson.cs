using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class PyJson
{
    private readonly RenderContext _context;
    private readonly StringBuilder _result = new();
    private readonly bool _ensureAscii;
    private readonly bool _sortKeys;
    private readonly string? _indent;
    private readonly string _itemSeparator;
    private readonly string _keySeparator;

    private PyJson(RenderContext context, bool ensureAscii, string? indent, (string Item, string Key)? separators, bool sortKeys)
    {
        _context = context;
        _ensureAscii = ensureAscii;
        _sortKeys = sortKeys;
        _indent = indent;
        (_itemSeparator, _keySeparator) = separators ?? (indent is null ? ", " : ",", ": ");
    }

    public static string Dump(
        RenderContext context, object? value, bool ensureAscii, string? indent, (string Item, string Key)? separators, bool sortKeys)
    {
        var json = new PyJson(context, ensureAscii, indent, separators, sortKeys);
        json.Write(value, 1);
        context.ChargeText(json._result.Length);
        return json._result.ToString();
    }

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
            case string or Markup:
                PyTypes.TryText(value, out var text);
                WriteText(text!);
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

        var order = Enumerable.Range(0, dict.Count).ToArray();
        if (_sortKeys)
        {
            var keys = dict.Keys.ToArray();
            order = StableSort.Sort(order, (a, b) => PyCompare.Order(keys[a], keys[b], "<") ?? 0);
        }

        _result.Append('{');
        for (var i = 0; i < order.Length; i++)
        {
            Separate(i, level);
            WriteText(Key(dict.Keys[order[i]]));
            _result.Append(_keySeparator);
            Write(dict.Values[order[i]], level + 1);
        }

        Close('}', level);
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

        _context.ChargeText((Int128)_result.Length + ((Int128)_indent.Length * level));
        _result.Append('\n');
        for (var i = 0; i < level; i++)
        {
            _result.Append(_indent);
        }
    }

    private void WriteText(string text)
    {
        _result.Append('"');
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c >= ' ' && c is not ('"' or '\\') && (!_ensureAscii || c < '\x7f'))
            {
                continue;
            }

            _result.Append(text, plain, i - plain);
            plain = i + 1;
            _ = c switch
            {
                '"' => _result.Append("\\\""),
                '\\' => _result.Append("\\\\"),
                '\n' => _result.Append("\\n"),
                '\r' => _result.Append("\\r"),
                '\t' => _result.Append("\\t"),
                '\f' => _result.Append("\\f"),
                '\b' => _result.Append("\\b"),
                _ => _result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        _result.Append(text, plain, text.Length - plain).Append('"');
    }
}
