using Atropos.Tokenizers.Patterns;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Writes spaces as a visible character, puts one before pieces that begin without, and cuts before each, where asked.</summary>
/// <param name="replacement">The visible character.</param>
/// <param name="scheme">Which pieces it is put before.</param>
/// <param name="split">Whether it begins a piece.</param>
internal sealed class MetaspacePreTokenizer(string replacement, PrependScheme scheme, bool split) : PreTokenizer
{
    private readonly SplitPreTokenizer? _splitter =
        split ? new SplitPreTokenizer(new LiteralPattern(replacement), SplitBehavior.MergedWithNext, invert: false) : null;

    public override bool AsksForStart => scheme == PrependScheme.First;

    public override void Split(PieceList pieces)
    {
        var output = pieces.NextText;
        for (var index = 0; index < pieces.Count; index++)
        {
            var piece = pieces.Piece(index);
            var source = pieces[index].Start;
            var start = output.Length;
            var begins = piece[0] == ' ' || piece.StartsWith(replacement, StringComparison.Ordinal);
            if (!begins && (scheme == PrependScheme.Always || (scheme == PrependScheme.First && pieces.StartsText(index))))
            {
                output.Put(replacement, source);
            }

            while (piece.IndexOf(' ') is >= 0 and var space)
            {
                output.Copy(piece[..space], source);
                output.Put(replacement, source + space);
                piece = piece[(space + 1)..];
                source += space + 1;
            }

            output.Copy(piece, source);
            pieces.Add(start, output.Length);
        }

        pieces.CommitText();
        _splitter?.Split(pieces);
    }
}
