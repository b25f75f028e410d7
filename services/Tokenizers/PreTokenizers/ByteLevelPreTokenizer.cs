using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>
/// Cuts by GPT-2's expression and writes each byte as a printable character. That rewriting is left out
/// (<paramref name="mapsBytes"/> false) where this is the last step before a model that takes bytes itself.
/// </summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useExpression, bool mapsBytes) : PreTokenizer
{
    private readonly SplitPreTokenizer _splitter = new(Gpt2Scanner.Instance, SplitBehavior.Isolated, invert: false);

    public ByteLevelPreTokenizer WithoutMapping() => new(addPrefixSpace, useExpression, mapsBytes: false);

    public override void Split(PieceList pieces)
    {
        if (addPrefixSpace)
        {
            PrependSpaces(pieces);
        }

        if (useExpression)
        {
            _splitter.Split(pieces);
        }

        if (mapsBytes)
        {
            MapBytes(pieces);
        }
    }

    private static void PrependSpaces(PieceList pieces)
    {
        var output = pieces.NextText;
        for (var index = 0; index < pieces.Count; index++)
        {
            var piece = pieces.Piece(index);
            var source = pieces[index].Start;
            var start = output.Length;
            if (piece[0] != ' ')
            {
                output.Put(' ', source);
            }

            output.Copy(piece, source);
            pieces.Add(start, output.Length);
        }

        pieces.CommitText();
    }

    private static void MapBytes(PieceList pieces)
    {
        var output = pieces.NextText;
        Span<byte> utf8 = stackalloc byte[4];
        for (var index = 0; index < pieces.Count; index++)
        {
            var start = output.Length;
            var source = pieces[index].Start;
            foreach (var rune in pieces.Piece(index).EnumerateRunes())
            {
                foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    output.Put(ByteAlphabet.ToChar(value), source);
                }

                source += rune.Utf16SequenceLength;
            }

            pieces.Add(start, output.Length);
        }

        pieces.CommitText();
    }
}
