using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Atropos.Jinja.Builtins;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Python's <c>pprint.pformat</c>: keys in order, and what does not fit in a line of 80 characters in several.</summary>
internal sealed partial class PrettyPrinter
{
    private const int Width = 80;

    private readonly RenderContext _context;
    private readonly TextBuilder _result;

    private PrettyPrinter(RenderContext context, TextBuilder result)
    {
        _context = context;
        _result = result;
    }

    public static string Format(RenderContext context, object? value)
    {
        using var result = new TextBuilder(context);
        new PrettyPrinter(context, result).Write(value, 0, 0, 1);
        return result.ToString();
    }

    // What Python does with the indention and with what has still to follow in the same line (the allowance) is kept to the letter.
    private void Write(object? value, int indent, int allowance, int level)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var text = PyRepr.Repr(Sorted(value));
        if (PyText.Length(text) <= Width - indent - allowance)
        {
            _result.Append(text);
            return;
        }

        switch (value)
        {
            case JinjaDict dict:
                _result.Append('{');
                WriteEntries(dict, indent + 1, allowance + 1, level + 1);
                _result.Append('}');
                break;
            case JinjaList list:
                _result.Append('[');
                WriteItems(list.Items, indent + 1, allowance + 1, level + 1);
                _result.Append(']');
                break;
            case JinjaTuple { IsGroup: false } tuple:
                var close = tuple.Count == 1 ? ",)" : ")";
                _result.Append('(');
                WriteItems(tuple.Items, indent + 1, allowance + close.Length, level + 1);
                _result.Append(close);
                break;
            case string { Length: > 0 } plain:
                WriteText(plain, indent, allowance, level);
                break;
            default:
                _result.Append(text);
                break;
        }
    }

    private void WriteEntries(JinjaDict dict, int indent, int allowance, int level)
    {
        var sorted = (JinjaDict)Sorted(dict, deep: false)!;
        for (var i = 0; i < sorted.Count; i++)
        {
            var key = PyRepr.Repr(Sorted(sorted.Keys[i]));
            _result.Append(key);
            _result.Append(": ");
            var last = i == sorted.Count - 1;
            Write(sorted.Values[i], indent + PyText.Length(key) + 2, last ? allowance : 1, level);
            NewLine(last, indent);
        }
    }

    private void WriteItems(object?[] items, int indent, int allowance, int level)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var last = i == items.Length - 1;
            Write(items[i], indent, last ? allowance : 1, level);
            NewLine(last, indent);
        }
    }

    private void NewLine(bool last, int indent)
    {
        if (!last)
        {
            _result.Append(",\n");
            _result.Append(' ', indent);
        }
    }

    private void WriteText(string text, int indent, int allowance, int level)
    {
        var isOutermost = level == 1;
        if (isOutermost)
        {
            (indent, allowance) = (indent + 1, allowance + 1);
        }

        var chunks = Chunks(text, Width - indent, allowance);
        if (chunks.Count == 1)
        {
            _result.Append(chunks[0]);
            return;
        }

        _result.Append(isOutermost ? "(" : "");
        _result.Append(chunks[0]);
        foreach (var chunk in chunks.Skip(1))
        {
            _result.Append('\n');
            _result.Append(' ', indent);
            _result.Append(chunk);
        }

        _result.Append(isOutermost ? ")" : "");
    }

    private List<string> Chunks(string text, int width, int allowance)
    {
        var chunks = new List<string>();
        var lines = StringSplitter.Lines(text, keepEnds: true);
        for (var i = 0; i < lines.Count; i++)
        {
            var isLast = i == lines.Count - 1;
            var whole = PyRepr.Repr(lines[i]);
            if (PyText.Length(whole) <= width - (isLast ? allowance : 0))
            {
                chunks.Add(whole);
                continue;
            }

            _context.ChargeParts(lines[i].Length / 2, lines[i].Length);
            var parts = Part().Matches(lines[i]).Select(match => match.Value).Where(part => part.Length > 0).ToArray();
            var current = "";
            for (var j = 0; j < parts.Length; j++)
            {
                var candidate = current + parts[j];
                var room = width - (isLast && j == parts.Length - 1 ? allowance : 0);
                if (PyText.Length(PyRepr.Repr(candidate)) <= room)
                {
                    current = candidate;
                    continue;
                }

                if (current.Length > 0)
                {
                    chunks.Add(PyRepr.Repr(current));
                }

                current = parts[j];
            }

            if (current.Length > 0)
            {
                chunks.Add(PyRepr.Repr(current));
            }
        }

        return chunks;
    }

    // Keys of types that have no order between them go by their types' names.
    private object? Sorted(object? value, bool deep = true)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        _context.Step();
        switch (value)
        {
            case JinjaDict dict:
                _context.Charge((long)dict.Count * (1 + (long)Math.Log2(Math.Max(1, dict.Count))));
                _context.ChargeObjects(8L * dict.Count);
                var keys = dict.Keys.ToArray();
                var order = StableSort.Sort(Enumerable.Range(0, keys.Length).ToArray(), (a, b) => CompareKeys(keys[a], keys[b]));
                var sorted = new JinjaDict(keys.Length);
                foreach (var index in order)
                {
                    sorted.Set(deep ? Sorted(keys[index]) : keys[index], deep ? Sorted(dict.Values[index]) : dict.Values[index]);
                }

                return sorted;
            case JinjaList list when deep:
                _context.ChargeObjects(list.Count);
                return new JinjaList(Array.ConvertAll(list.Items, item => Sorted(item)));
            case JinjaTuple { IsGroup: false } tuple when deep:
                _context.ChargeObjects(tuple.Count);
                return new JinjaTuple(Array.ConvertAll(tuple.Items, item => Sorted(item)));
            default:
                return value;
        }
    }

    private static int CompareKeys(object? left, object? right)
    {
        try
        {
            return PyCompare.Order(left, right, "<") ?? 0;
        }
        catch (TemplateRuntimeException)
        {
            return string.CompareOrdinal(PyTypes.Name(left), PyTypes.Name(right));
        }
    }

    [GeneratedRegex(@"[^\s\x1c-\x1f]*[\s\x1c-\x1f]*")]
    private static partial Regex Part();
}
