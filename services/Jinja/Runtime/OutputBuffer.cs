using System.Buffers;

namespace Atropos.Jinja.Runtime;

/// <summary>Collects rendered text in one rented array.</summary>
internal sealed class OutputBuffer : IDisposable
{
    private char[] _characters = ArrayPool<char>.Shared.Rent(4096);
    private int _length;

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - _length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_characters.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>The collected text; the buffer is empty afterwards.</summary>
    public string TakeText()
    {
        var text = new string(_characters, 0, _length);
        _length = 0;
        return text;
    }

    public void Clear() => _length = 0;

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        _length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, _length + needed));
        _characters.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
