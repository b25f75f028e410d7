using System.Buffers;

namespace Atropos.Jinja.Runtime;

/// <summary>Collects rendered text as the strings it is made of, so that each character is copied once, when all of them are joined.</summary>
internal sealed class OutputBuffer : IDisposable
{
    /// <summary>So many strings are joined early: a template that writes one character at a time must not hold a string for each.</summary>
    private const int MostParts = 1 << 14;

    private string[] _parts = ArrayPool<string>.Shared.Rent(512);
    private int _count;
    private int _mark;
    private int _joined;

    public void Append(string text)
    {
        if (_count == _parts.Length)
        {
            MakeRoom();
        }

        _parts[_count++] = text;
    }

    /// <summary>Starts a stretch of text, which <see cref="Take"/> or <see cref="Keep"/> ends.</summary>
    /// <returns>Where the stretch around it starts, which either has to be given.</returns>
    public int Mark()
    {
        var outer = _mark;
        _mark = _count;
        return outer;
    }

    /// <summary>Ends the innermost stretch and leaves its text where it is.</summary>
    public void Keep(int outer) => _mark = outer;

    /// <summary>Ends the innermost stretch, takes its text out and gives it.</summary>
    public string Take(int outer)
    {
        var text = Join(_mark);
        Array.Clear(_parts, _mark, _count - _mark);
        _count = _mark;
        _joined = Math.Min(_joined, _count);
        _mark = outer;
        return text;
    }

    public string JoinAll() => Join(0);

    public void CopyTo(IBufferWriter<char> writer)
    {
        var length = Length(0);
        CopyTo(writer.GetSpan(length), 0);
        writer.Advance(length);
    }

    public void Dispose()
    {
        Array.Clear(_parts, 0, _count);
        ArrayPool<string>.Shared.Return(_parts);
        _parts = [];
        _count = 0;
    }

    private void MakeRoom()
    {
        var from = Math.Max(_mark, _joined);
        if (_count - from >= MostParts)
        {
            _parts[from] = Join(from);
            Array.Clear(_parts, from + 1, _count - from - 1);
            _count = _joined = from + 1;
            return;
        }

        var larger = ArrayPool<string>.Shared.Rent(_parts.Length * 2);
        _parts.AsSpan(0, _count).CopyTo(larger);
        Array.Clear(_parts, 0, _count);
        ArrayPool<string>.Shared.Return(_parts);
        _parts = larger;
    }

    private string Join(int from) => (_count - from) switch
    {
        0 => "",
        1 => _parts[from],
        _ => string.Create(Length(from), (Buffer: this, From: from), static (span, state) => state.Buffer.CopyTo(span, state.From)),
    };

    private int Length(int from)
    {
        var length = 0;
        foreach (var part in _parts.AsSpan(from, _count - from))
        {
            length += part.Length;
        }

        return length;
    }

    private void CopyTo(Span<char> target, int from)
    {
        foreach (var part in _parts.AsSpan(from, _count - from))
        {
            part.CopyTo(target);
            target = target[part.Length..];
        }
    }
}
