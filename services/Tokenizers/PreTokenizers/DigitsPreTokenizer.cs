using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Cuts numbers out of text, digit by digit or as runs.</summary>
internal sealed class DigitsPreTokenizer(bool individual) : PreTokenizer
{
    private static readonly CodePointSet Numeric = CodePointSet.Between(UnicodeSets.Bounds("numeric"));

    public override void Split(PieceList pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            var (offset, pieceEnd) = pieces[index];
            var text = pieces.Text;
            var start = offset;
            var startIsNumber = false;
            for (var at = offset; at < pieceEnd;)
            {
                var isNumber = Numeric.Contains(CodePoints.At(text[..pieceEnd], at, out var length));
                if (at > start && (isNumber != startIsNumber || (isNumber && individual)))
                {
                    pieces.Add(start, at);
                    start = at;
                }

                startIsNumber = isNumber;
                at += length;
            }

            pieces.Add(start, pieceEnd);
        }

        pieces.Commit();
    }
}
