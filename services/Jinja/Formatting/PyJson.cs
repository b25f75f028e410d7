using System.Runtime.CompilerServices;
using Atropos.Jinja.Errors;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>json.dumps</c>.</summary>
internal sealed class PyJson
{
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
        _result = context.TakeBuilder();
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
        var text = json._result.ToString();
        context.GiveBack(json._result);
        return text;
    }

    private void Write(object? value, int level)
    {
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
                RuntimeHelpers.EnsureSufficientExecutionStack();
                WriteItems(sequence.Items, level);
                break;
            case JinjaDict dict:
                RuntimeHelpers.EnsureSufficientExecutionStack();
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
        JsonText.Append(_result, text, _ensureAscii);
    }
}
