using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>Python's <c>range</c>.</summary>
internal sealed class PyRange(long start, long stop, long step) : PyObject
{
    public override string TypeName => "range";

    public override string Text => step == 1 ? $"range({start}, {stop})" : $"range({start}, {stop}, {step})";

    public long Start => start;

    public override long? Length => Count(start, stop, step);

    public override bool IsTrue => Length > 0;

    /// <summary>How many numbers the range holds.</summary>
    public static long Count(long start, long stop, long step)
    {
        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        return distance <= 0 ? 0 : (long)((distance - 1) / Int128.Abs(step)) + 1;
    }

    public object At(long index) => Box.Int(start + (index * step));

    /// <summary>The range of some of its numbers.</summary>
    /// <param name="by">Which of them: each so manieth.</param>
    /// <param name="bounds">Gives the first index and the one after the last from the length.</param>
    public PyRange Slice(long by, Func<long, (long From, long To)> bounds)
    {
        var (from, to) = bounds(Length!.Value);
        return new PyRange(start + (from * step), start + (to * step), by * step);
    }

    public bool Contains(long value)
    {
        var inside = step > 0 ? value >= start && value < stop : value <= start && value > stop;
        return inside && (value - start) % step == 0;
    }

    public override IEnumerable<object?> Iterate()
    {
        var count = Length!.Value;
        for (var i = 0L; i < count; i++)
        {
            yield return At(i);
        }
    }

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch { "start" => Box.Int(start), "stop" => Box.Int(stop), "step" => Box.Int(step), _ => null };
        return value is not null;
    }
}
