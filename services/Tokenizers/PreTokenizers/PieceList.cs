using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>A text and the pieces of it that the second stage has cut so far. Belongs to one call.</summary>
internal sealed class PieceList
{
    private TextBuffer _text = new();
    private TextBuffer _nextText = new();
    private List<(int Start, int End)> _pieces = [];
    private List<(int Start, int End)> _next = [];

    public ReadOnlySpan<char> Text => _text.Span;

    public int Count => _pieces.Count;

    public (int Start, int End) this[int index] => _pieces[index];

    public ReadOnlySpan<char> Piece(int index)
    {
        var (start, end) = _pieces[index];
        return _text.Span[start..end];
    }

    public void Reset(ReadOnlySpan<char> text)
    {
        _text.Length = 0;
        _text.Append(text);
        _pieces.Clear();
        if (text.Length > 0)
        {
            _pieces.Add((0, text.Length));
        }
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

    /// <summary>The text under construction, for a stage that changes it; its pieces are offsets into it.</summary>
    public TextBuffer NextText => _nextText;

    /// <summary>Puts the text and the list under construction in the place of the current ones.</summary>
    public void CommitText()
    {
        (_text, _nextText) = (_nextText, _text);
        _nextText.Length = 0;
        Commit();
    }
}
