using Atropos.Jinja.Builtins;
using Atropos.Jinja.Errors;

namespace Atropos.Jinja.Runtime;

/// <summary>Attributes, items and slices, with the sandbox's rules on what may be reached.</summary>
internal static class PyAccess
{
    /// <summary><c>value.name</c>: an attribute first, then the item of that name.</summary>
    public static object? Attribute(object? value, string name)
    {
        if (name == "__class__")
        {
            // All values have one, undefined ones too, and none gives it away.
            return Undefined.Unsafe(value, name);
        }

        if (value is JinjaDict dict)
        {
            // Most attribute access reads a dict's item; only a method's name can be in the way of one.
            return !MethodTable.IsDictAttribute(name) && dict.TryGet(name, out var item) ? item : AttributeOnly(value, name);
        }

        return AttributeOnly(value, name);
    }

    /// <summary><c>value|attr(name)</c>: an attribute and never an item.</summary>
    public static object? AttributeOnly(object? value, string name)
    {
        Undefined.Reject(value);
        if (PyNumber.IsNumber(value) && NumberMethods.TryGetAttribute(value!, name, out var part))
        {
            return part;
        }

        if (MethodTable.TryBind(value, name, out var method))
        {
            return method;
        }

        if (value is PyObject other && other.TryGetAttribute(name, out var attribute))
        {
            return attribute;
        }

        if (value is JinjaTuple { IsGroup: true } group && (name is "grouper" or "list"))
        {
            return group.Items[name == "list" ? 1 : 0];
        }

        return IsUnsafe(value, name) ? Undefined.Unsafe(value, name) : Undefined.Element(value, name);
    }

    /// <summary><c>value[key]</c>: the item, then (for a text key) the attribute.</summary>
    public static object? Item(object? value, object? key)
    {
        switch (value)
        {
            case JinjaDict dict:
                if (PyCompare.IsHashable(key) && dict.TryGet(key, out var item))
                {
                    return item;
                }

                break;
            case JinjaSequence sequence when PyNumber.TryLong(key, out var index):
                index = index < 0 ? index + sequence.Count : index;
                if (index >= 0 && index < sequence.Count)
                {
                    return sequence.Items[index];
                }

                break;
            case string or Markup when PyNumber.TryLong(key, out var index):
                PyTypes.TryText(value, out var text);
                if (Character(text!, index) is { } character)
                {
                    return character;
                }

                break;
            case PyRange range when PyNumber.TryLong(key, out var index):
                index = index < 0 ? index + range.Length!.Value : index;
                if (index >= 0 && index < range.Length)
                {
                    return range.At(index);
                }

                break;
            case Undefined undefined:
                throw undefined.Error();
            default:
                break;
        }

        return PyTypes.TryText(key, out var name) ? AttributeOnly(value, name) : Undefined.Element(value, key);
    }

    public static object? Slice(RenderContext context, object? value, object? start, object? stop, object? step)
    {
        Undefined.Reject(value);
        if (value is not (JinjaSequence or string or Markup or PyRange))
        {
            throw PyError.Type($"'{PyTypes.Name(value)}' object is not subscriptable");
        }

        var by = step is null ? 1 : SliceIndex(step);
        if (by == 0)
        {
            throw PyError.Value("slice step cannot be zero");
        }

        switch (value)
        {
            case JinjaSequence sequence:
                var items = Pick(sequence.Items, start, stop, by);
                context.ChargeObjects(items.Length);
                return sequence is JinjaList ? new JinjaList(items) : new JinjaTuple(items);
            case string or Markup:
                PyTypes.TryText(value, out var text);
                context.ChargeScan(text!.Length);
                var part = SliceText(text, start, stop, by);
                context.ChargeText(part.Length);
                return value is Markup ? new Markup(part) : part;
            default:
                return ((PyRange)value).Slice(by, length => Bounds(length, start, stop, by));
        }
    }

    /// <summary>Whether it is a name of Python's own, which the sandbox keeps closed.</summary>
    public static bool IsSpecial(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal);

    private static bool IsUnsafe(object? value, string name) =>
        IsSpecial(name) || (value is NamespaceValue && NamespaceValue.Hides(name)) || MethodTable.IsMutator(value, name);

    private static string? Character(string text, long index)
    {
        if (!PyText.HasSurrogates(text))
        {
            index = index < 0 ? index + text.Length : index;
            return index >= 0 && index < text.Length ? text[(int)index].ToString() : null;
        }

        var length = PyText.Length(text);
        index = index < 0 ? index + length : index;
        if (index < 0 || index >= length)
        {
            return null;
        }

        var offset = PyText.Offset(text, (int)index);
        return text.Substring(offset, PyText.Width(text, offset));
    }

    private static string SliceText(string text, object? start, object? stop, long step)
    {
        if (step == 1)
        {
            var (from, to) = Bounds(PyText.Length(text), start, stop, step);
            return to <= from ? "" : text[PyText.Offset(text, (int)from)..PyText.Offset(text, (int)to)];
        }

        return string.Concat(Pick(PyText.Characters(text), start, stop, step));
    }

    private static object?[] Pick(object?[] items, object? start, object? stop, long step)
    {
        var (from, to) = Bounds(items.Length, start, stop, step);
        if (step == 1)
        {
            return to <= from ? [] : items[(int)from..(int)to];
        }

        var picked = new object?[PyRange.Count(from, to, step)];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = items[from + (i * step)];
        }

        return picked;
    }

    private static (long From, long To) Bounds(long length, object? start, object? stop, long step)
    {
        var (lowest, highest) = step > 0 ? (0L, length) : (-1L, length - 1);
        var from = start is null ? (step > 0 ? lowest : highest) : Clamp(SliceIndex(start));
        var to = stop is null ? (step > 0 ? highest : lowest) : Clamp(SliceIndex(stop));
        return (from, to);

        long Clamp(long index) => Math.Clamp(index < 0 ? Math.Max(index, -length - 1) + length : index, lowest, highest);
    }

    private static long SliceIndex(object? value)
    {
        Undefined.Reject(value);
        return PyNumber.TryLong(value, out var index)
            ? index
            : throw PyError.Type("slice indices must be integers or None or have an __index__ method");
    }
}
