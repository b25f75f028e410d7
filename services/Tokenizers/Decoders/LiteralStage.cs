using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>Replaces a fixed text inside tokens, in the first token perhaps by another one; holds back no more than may begin a match.</summary>
internal sealed class LiteralStage(DecoderStage next, string literal, string contentInFirst, string content) : DecoderStage
{
    private readonly TextBuffer _held = new();
    private readonly TextBuffer _replaced = new();
    private string _content = contentInFirst;

    /// <summary>Whether text is held back.</summary>
    public bool HoldsText => _held.Length > 0;

    public override void Write(ReadOnlySpan<char> text)
    {
        if (_held.Length > 0)
        {
            _held.Append(text);
            text = _held.Span;
        }

        var settled = Literals.Settled(text, literal);
        Forward(text[..settled]);
        if (_held.Length > 0)
        {
            _held.RemovePrefix(settled);
        }
        else
        {
            _held.Append(text[settled..]);
        }
    }

    public override void EndToken()
    {
        next.Write(_held.Span);
        _held.Length = 0;
        _content = content;
        next.EndToken();
    }

    public override void Complete() => next.Complete();

    private void Forward(ReadOnlySpan<char> text)
    {
        if (!text.Contains(literal, StringComparison.Ordinal))
        {
            next.Write(text);
            return;
        }

        _replaced.Length = 0;
        Literals.Replace(text, literal, _content, _replaced);
        next.Write(_replaced.Span);
    }
}
