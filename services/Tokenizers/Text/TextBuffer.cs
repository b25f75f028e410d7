namespace Atropos.Tokenizers.Text;

/// <summary>
/// A growable run of characters that is rented from and returned to a small per-thread stack. One that <see cref="Tracks"/> keeps for
/// each character what it stands for in the text that it was made from, so that offsets of tokens can be told.
/// </summary>
/// <remarks>
/// A source is the index of the character of the input, in UTF-16 units, whose place the new character takes; or
/// <see cref="BeforeAll"/> for one put before everything.
/// </remarks>
internal sealed class TextBuffer
{
    /// <summary>The source of a character that is put at the very beginning: it stands for nothing, at position 0.</summary>
    public const int BeforeAll = -1;

    private const int LargestKept = 1 << 20;

    // A string has no more.
    private const int MostCharacters = 0x3FFFFFDF;

    [ThreadStatic]
    private static Stack<TextBuffer>? _free;

    private char[] _chars = new char[256];
    private int[] _sources = [];

    public int Length { get; set; }

    /// <summary>Whether it holds so much memory that it should not be kept for another text.</summary>
    public bool IsLarge => _chars.Length > LargestKept;

    /// <summary>Whether sources are kept. What is appended to such a buffer must say its source.</summary>
    public bool Tracks { get; private set; }

    /// <summary>The source of each character; only in a buffer that <see cref="Tracks"/>.</summary>
    public Span<int> Sources => _sources.AsSpan(0, Length);

    public ReadOnlySpan<char> Span => _chars.AsSpan(0, Length);

    public static TextBuffer Rent(bool tracks = false)
    {
        var free = _free ??= new Stack<TextBuffer>();
        var buffer = free.TryPop(out var used) ? used : new TextBuffer();
        buffer.StartTracking(tracks);
        return buffer;
    }

    public static void Return(TextBuffer buffer)
    {
        buffer.Length = 0;
        if (!buffer.IsLarge)
        {
            (_free ??= new Stack<TextBuffer>()).Push(buffer);
        }
    }

    /// <summary>Begins or ends the keeping of sources; only while the buffer is empty.</summary>
    public void StartTracking(bool tracks)
    {
        Tracks = tracks;
        if (tracks && _sources.Length < _chars.Length)
        {
            _sources = new int[_chars.Length];
        }
    }

    /// <summary>Appends characters that are unchanged: the first stands for <paramref name="source"/>, each further one for the next.</summary>
    public void Copy(ReadOnlySpan<char> text, int source)
    {
        var start = Length;
        Append(text);
        if (Tracks)
        {
            for (var index = start; index < Length; index++)
            {
                _sources[index] = source + index - start;
            }
        }
    }

    /// <summary>Appends characters that all stand for one source.</summary>
    public void Put(ReadOnlySpan<char> text, int source)
    {
        var start = Length;
        Append(text);
        if (Tracks)
        {
            _sources.AsSpan(start, Length - start).Fill(source);
        }
    }

    /// <summary>Appends a character that stands for a source.</summary>
    public void Put(char value, int source)
    {
        Append(value);
        if (Tracks)
        {
            _sources[Length - 1] = source;
        }
    }

    /// <summary>Appends a code point that stands for a source.</summary>
    public void PutCodePoint(int codePoint, int source)
    {
        var start = Length;
        AppendCodePoint(codePoint);
        if (Tracks)
        {
            _sources.AsSpan(start, Length - start).Fill(source);
        }
    }

    /// <summary>Makes the sources, which are positions in <paramref name="input"/>, positions in what that was made from.</summary>
    public void Rebase(TextBuffer input)
    {
        var before = input.Sources;
        foreach (ref var source in Sources)
        {
            if (source != BeforeAll)
            {
                source = before[source];
            }
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
        if (Tracks)
        {
            _sources.AsSpan(count, Length - count).CopyTo(_sources);
        }

        Length -= count;
    }

    private void Grow(int extra)
    {
        var needed = (long)Length + extra;
        if (needed > MostCharacters)
        {
            throw new InvalidOperationException($"The text has more than {MostCharacters} characters once it is normalized.");
        }

        Array.Resize(ref _chars, (int)Math.Min(MostCharacters, Math.Max(_chars.Length * 2L, needed)));
        if (Tracks)
        {
            Array.Resize(ref _sources, _chars.Length);
        }
    }
}
