using System.Text;

namespace Atropos.ReferenceEngine;

/// <summary>Collects the text of a sequence, finds stop strings in it, and knows how much of it can no longer become part of one.</summary>
internal sealed class StopStringMatcher(IReadOnlyList<string> stops, bool includeStop)
{
    private readonly StringBuilder _text = new();
    private readonly int _longest = stops.Count == 0 ? 0 : stops.Max(stop => stop.Length);
    private int _searchFrom;

    /// <summary>How many characters from the start are certain to be in the answer.</summary>
    public int SafeLength { get; private set; }

    public int Length => _text.Length;

    public string Text(int start, int length) => _text.ToString(start, length);

    /// <summary>The text so far; a decoder appends to it, then <see cref="Advance"/> is called.</summary>
    public StringBuilder Builder => _text;

    /// <summary>Takes note of text that was appended.</summary>
    /// <param name="before">The length of the text before.</param>
    /// <param name="mayStop">Whether a stop string in it counts.</param>
    /// <returns>The stop string that was completed first, or null.</returns>
    public string? Advance(int before, bool mayStop)
    {
        var from = Math.Max(_searchFrom, before - _longest + 1);
        if (!mayStop)
        {
            _searchFrom = _text.Length;
        }

        if (_longest == 0 || !mayStop)
        {
            SafeLength = _text.Length;
            return null;
        }

        from = Math.Max(0, from);
        var tail = _text.ToString(from, _text.Length - from);
        string? found = null;
        var foundAt = int.MaxValue;
        foreach (var stop in stops)
        {
            var at = tail.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && at + stop.Length < foundAt)
            {
                foundAt = at + stop.Length;
                found = stop;
            }
        }

        if (found is not null)
        {
            _text.Length = from + foundAt - (includeStop ? 0 : found.Length);
            SafeLength = _text.Length;
            return found;
        }

        SafeLength = _text.Length - HeldBack(tail);
        return null;
    }

    /// <summary>Says that no more text comes: what was held back is part of the answer.</summary>
    public void Complete() => SafeLength = _text.Length;

    private int HeldBack(string tail)
    {
        var held = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, tail.Length); length > held; length--)
            {
                if (tail.AsSpan(tail.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    held = length;
                }
            }
        }

        return held;
    }
}
