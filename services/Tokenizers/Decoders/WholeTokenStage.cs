using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>A step that can decide about a token only when it has all of it.</summary>
internal sealed class WholeTokenStage(DecoderStage next, TokenDecoder decoder) : DecoderStage
{
    private readonly TextBuffer _token = new();
    private readonly TextBuffer _mapped = new();
    private TokenPlace _place = TokenPlace.First;

    public override void Write(ReadOnlySpan<char> text) => _token.Append(text);

    public override void EndToken()
    {
        _mapped.Length = 0;
        decoder.Map(_token.Span, _place, _mapped);
        _token.Length = 0;
        _place = TokenPlace.Middle;
        next.Write(_mapped.Span);
        next.EndToken();
    }

    public override void Complete() => next.Complete();
}
