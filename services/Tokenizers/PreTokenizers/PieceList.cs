using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>A text and the pieces of it that the second stage has cut so far. Belongs to one call.</summary>
internal sealed class PieceList
{
    private const int MostPiecesKept = 1 << 17;

    private TextBuffer _text = new();
    private TextBuffer _nextText = new();
    private List<(int Start, int End)> _pieces = [];
    private List<(int Start, int End)> _next = [];
    private int _firstLength;

    public ReadOnlySpan<char> Text => _text.Span;

    /// <summary>Whether each character's source is kept: see <see cref="TextBuffer"/>. A source is a position in the text before normalization.</summary>
    public bool Tracks => _text.Tracks;

    /// <summary>The source of each character of <see cref="Text"/>; only where the list <see cref="Tracks"/>.</summary>
    public ReadOnlySpan<int> Sources => _text.Sources;

    public int Count => _pieces.Count;

    /// <summary>Whether it holds so much memory that it should not be kept for another text.</summary>
    public bool IsLarge => _text.IsLarge || _nextText.IsLarge || Math.Max(_pieces.Capacity, _next.Capacity) > MostPiecesKept;

    public (int Start, int End) this[int index] => _pieces[index];

    public ReadOnlySpan<char> Piece(int index)
    {
        var (start, end) = _pieces[index];
        return _text.Span[start..end];
    }

    /// <summary>Begins with one piece: the whole text.</summary>
    /// <param name="text">The normalized text, or the part of it between two added tokens.</param>
    /// <param name="startsText">Whether its first character stands at the very beginning of what is encoded.</param>
    public void Reset(ReadOnlySpan<char> text, bool startsText)
    {
        Begin(text, startsText ? 1 : 0, tracks: false);
        _text.Append(text);
    }

    /// <summary>Begins with one piece whose characters' sources are known.</summary>
    /// <param name="text">The normalized text, or the part of it between two added tokens.</param>
    /// <param name="sources">The source of each of its characters.</param>
    /// <param name="firstLength">The length, in UTF-16 units, of the character at source 0, if that is the first of what is encoded; else 0.</param>
    public void Reset(ReadOnlySpan<char> text, ReadOnlySpan<int> sources, int firstLength)
    {
        Begin(text, firstLength, tracks: true);
        _text.Append(text);
        sources.CopyTo(_text.Sources);
    }

    /// <summary>Whether a piece begins where the text that is encoded begins.</summary>
    public bool StartsText(int index)
    {
        var start = _pieces[index].Start;
        return _firstLength > 0 && (Tracks ? _text.Sources[start] < _firstLength : start == 0);
    }

    /// <summary>Adds a piece of the same text to the list under construction; empty ones vanish.</summary>
    public void Add(int start, int end)
    {
        if (start < end)
        {
            _next.Add((start, end));
        }
    }

    /// <summary>Puts the list under construction in the place of the current one.</summary>
    public void Commit()
    {
        (_pieces, _next) = (_next, _pieces);
        _next.Clear();
    }

    /// <summary>
    /// The text under construction, for a stage that changes it; its pieces are offsets into it, and its sources are positions in
    /// <see cref="Text"/>. A character put before a piece has the source of the piece's first one, as in the original.
    /// </summary>
    public TextBuffer NextText => _nextText;

    /// <summary>Puts the text and the list under construction in the place of the current ones.</summary>
    public void CommitText()
    {
        if (Tracks)
        {
            _nextText.Rebase(_text);
        }

        (_text, _nextText) = (_nextText, _text);
        _nextText.Length = 0;
        Commit();
    }

    private void Begin(ReadOnlySpan<char> text, int firstLength, bool tracks)
    {
        _firstLength = firstLength;
        _text.Length = 0;
        _text.StartTracking(tracks);
        _nextText.Length = 0;
        _nextText.StartTracking(tracks);
        _pieces.Clear();
        if (text.Length > 0)
        {
            _pieces.Add((0, text.Length));
        }
    }
}
