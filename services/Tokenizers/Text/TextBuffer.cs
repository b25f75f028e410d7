namespace Atropos.Tokenizers.Text;

/// <summary>A growable run of characters that is rented from and returned to a small per-thread stack.</summary>
internal sealed class TextBuffer
{
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static Stack<TextBuffer>? _free;

    private char[] _chars = new char[256];

    public int Length { get; set; }

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    public static TextBuffer Rent()
    {
        var free = _free ??= new Stack<TextBuffer>();
        return free.TryPop(out var buffer) ? buffer : new TextBuffer();
    }

    public static void Return(TextBuffer buffer)
    {
        buffer.Length = 0;
        if (buffer._chars.Length <= LargestKept)
        {
            (_free ??= new Stack<TextBuffer>()).Push(buffer);
        }
    }

    public void Append(char value)
    {
        if (Length == _chars.Length)
        {
            Grow(1);
        }

        _chars[Length++] = value;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void AppendCodePoint(int codePoint)
    {
        if (codePoint < 0x10000)
        {
            Append((char)codePoint);
            return;
        }

        Append((char)(0xD7C0 + (codePoint >> 10)));
        Append((char)(0xDC00 + (codePoint & 0x3FF)));
    }

    public void RemovePrefix(int count)
    {
        _chars.AsSpan(count, Length - count).CopyTo(_chars);
        Length -= count;
    }

    private void Grow(int extra) => Array.Resize(ref _chars, checked((int)Math.Max((long)_chars.Length * 2, (long)Length + extra)));
}
