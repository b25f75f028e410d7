using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>Cuts every so many characters.</summary>
internal sealed class FixedLengthPreTokenizer(int length) : PreTokenizer
{
    public override void Split(PieceList pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            var (start, end) = pieces[index];
            var text = pieces.Text[..end];
            var at = start;
            while (at < end)
            {
                start = at;
                for (var count = 0; count < length && at < end; count++)
                {
                    CodePoints.At(text, at, out var units);
                    at += units;
                }

                pieces.Add(start, at);
            }
        }

        pieces.Commit();
    }
}
