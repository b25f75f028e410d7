using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.PreTokenizers;

/// <summary>
/// Cuts where the script changes, by the original's classes: kanji and kana are one, and a space or an unassigned character goes with
/// what stands before it. At the beginning of a piece, where nothing does, those are lost, as in the original.
/// </summary>
internal sealed class UnicodeScriptsPreTokenizer : PreTokenizer
{
    private static readonly Lazy<(int[] Starts, int[] Classes)> Table = new(BuildTable);

    private readonly (int[] Starts, int[] Classes) _table = Table.Value;

    public override void Split(PieceList pieces)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            var (from, end) = pieces[index];
            var text = pieces.Text[..end];
            var start = end;
            var last = 0;
            for (var at = from; at < end;)
            {
                var current = ClassOf(CodePoints.At(text, at, out var length));
                if (current != 0 && current != last)
                {
                    if (last != 0)
                    {
                        pieces.Add(start, at);
                    }

                    (start, last) = (at, current);
                }

                at += length;
            }

            pieces.Add(start, end);
        }

        pieces.Commit();
    }

    private int ClassOf(int codePoint)
    {
        var found = Array.BinarySearch(_table.Starts, codePoint);
        return _table.Classes[found >= 0 ? found : ~found - 1];
    }

    /// <summary>The first characters of the ranges and their classes; 0 is what joins anything.</summary>
    private static (int[] Starts, int[] Classes) BuildTable()
    {
        var changes = new SortedDictionary<int, int> { [0] = 0 };
        var number = 0;
        foreach (var bounds in UnicodeSets.Classes())
        {
            number++;
            for (var index = 0; index < bounds.Length; index += 2)
            {
                changes[bounds[index]] = number;
                changes.TryAdd(bounds[index + 1], 0);
            }
        }

        return ([.. changes.Keys], [.. changes.Values]);
    }
}
