using Atropos.Tokenizers.Patterns;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Cuts at the matches of a pattern, or at what lies between them when inverted.</summary>
internal sealed class SplitPreTokenizer(TextPattern pattern, SplitBehavior behavior, bool invert) : PreTokenizer
{
    public override void Split(PieceList pieces)
    {
        var folder = new SplitFolder(pieces, behavior);
        for (var index = 0; index < pieces.Count; index++)
        {
            var (offset, pieceEnd) = pieces[index];
            var text = pieces.Piece(index);
            var from = 0;
            var lastEnd = -1;
            var previous = 0;
            folder.Begin();
            while (pattern.TryNext(text, ref from, ref lastEnd, out var start, out var end))
            {
                if (previous != start)
                {
                    folder.Add(offset + previous, offset + start, invert);
                }

                folder.Add(offset + start, offset + end, !invert);
                previous = end;
            }

            if (offset + previous != pieceEnd)
            {
                folder.Add(offset + previous, pieceEnd, invert);
            }

            folder.End();
        }

        pieces.Commit();
    }
}
