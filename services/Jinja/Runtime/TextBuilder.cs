using System.Buffers;

namespace Atropos.Jinja.Runtime;

/// <summary>Builds one text in a rented array; what it grows to is checked against the rendering's limits first.</summary>
internal sealed class TextBuilder(Budget? budget) : IDisposable
{
    private char[] _characters = ArrayPool<char>.Shared.Rent(4096);

    public int Length { get; private set; }

    public void Append(char c)
    {
        if (Length == _characters.Length)
        {
            Grow(1);
        }

        _characters[Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_characters.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends a character <paramref name="count"/> times.</summary>
    public void Append(char c, int count)
    {
        if (count > _characters.Length - Length)
        {
            Grow(count);
        }

        _characters.AsSpan(Length, count).Fill(c);
        Length += count;
    }

    /// <summary>Room for <paramref name="count"/> more characters and some <paramref name="slack"/> behind them, of which
    /// <see cref="Advance"/> tells how many were written.</summary>
    public Span<char> Room(int count, int slack)
    {
        if (count + slack > _characters.Length - Length)
        {
            Grow(count, slack);
        }

        return _characters.AsSpan(Length);
    }

    /// <summary>Appends what was written to the start of <see cref="Room"/>.</summary>
    public void Advance(int count) => Length += count;

    public override string ToString()
    {
        budget?.ChargeText(Length);
        return new string(_characters, 0, Length);
    }

    /// <summary>Starts another text.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        Length = 0;
    }

    private void Grow(int count, int slack = 0)
    {
        var needed = (long)Length + count;
        budget?.CheckText(needed);
        var most = budget is null ? Array.MaxLength : Math.Max(needed, budget.Limits.MaxOutputLength);
        var size = (int)Math.Min(Math.Max(2L * _characters.Length, needed), most) + slack;
        budget?.ChargeMemory(2L * size);
        var larger = ArrayPool<char>.Shared.Rent(size);
        _characters.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
