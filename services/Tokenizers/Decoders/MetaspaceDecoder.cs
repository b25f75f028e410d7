using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Decoders;

/// <summary>
/// Turns SentencePiece's mark for a space back into spaces. Where encoding put one before the text, the first token loses its marks,
/// all of them as in the original.
/// </summary>
internal sealed class MetaspaceDecoder(string replacement, bool prepended) : TokenDecoder
{
    private readonly string _inFirst = prepended ? "" : " ";

    public override DecoderStage Start(DecoderStage next) => new LiteralStage(next, replacement, _inFirst, " ");

    public override void Map(ReadOnlySpan<char> token, TokenPlace place, TextBuffer output) =>
        Literals.Replace(token, replacement, (place & TokenPlace.First) != 0 ? _inFirst : " ", output);
}
