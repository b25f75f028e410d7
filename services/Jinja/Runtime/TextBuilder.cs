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

    /// <summary>Appends text, a backslash and a letter.</summary>
    public void AppendEscaped(ReadOnlySpan<char> text, char letter)
    {
        if (text.Length + 2 > _characters.Length - Length)
        {
            Grow(text.Length + 2);
        }

        var target = _characters.AsSpan(Length, text.Length + 2);
        text.CopyTo(target);
        target[^2] = '\\';
        target[^1] = letter;
        Length += target.Length;
    }

    /// <summary>Appends text between double quotes.</summary>
    public void AppendQuoted(ReadOnlySpan<char> text)
    {
        if (text.Length + 2 > _characters.Length - Length)
        {
            Grow(text.Length + 2);
        }

        var target = _characters.AsSpan(Length, text.Length + 2);
        target[0] = target[^1] = '"';
        text.CopyTo(target[1..]);
        Length += target.Length;
    }

    public override string ToString()
    {
        budget?.ChargeText(Length);
        return new string(_characters, 0, Length);
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        Length = 0;
    }

    private void Grow(int count)
    {
        var needed = (long)Length + count;
        budget?.CheckText(needed);
        var most = budget is null ? Array.MaxLength : Math.Max(needed, budget.Limits.MaxOutputLength);
        var size = (int)Math.Min(Math.Max(2L * _characters.Length, needed), most);
        budget?.ChargeMemory(2L * size);
        var larger = ArrayPool<char>.Shared.Rent(size);
        _characters.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
