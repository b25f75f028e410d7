namespace Atropos.ModelTrainer;

/// <summary>
/// Counts n-grams and writes them as a trie, level by level. Layout, all integers LEB128 unless said otherwise:
/// <c>"ATNG"</c>, one byte version (1), one byte order, vocabulary size, discount in thousandths, tokens in the corpus; then for the root
/// and then for each node of each level but the last, in order: number of children, and for each child the
/// difference of its token to the child before it (the first: its token) and its count.
/// </summary>
internal static class NgramTrainer
{
    public static byte[] Train(List<int> ids, int vocabularySize, TrainingSettings settings)
    {
        var order = settings.Order;
        if (order is < 1 or > 4 || settings.MinimumCounts.Count != order)
        {
            throw new ArgumentException("The order must be from 1 to 4, with one minimum count for each length.", nameof(settings));
        }

        // Sixteen bits a token: sorting these numbers sorts n-grams, and every shorter n-gram is a run of equal prefixes.
        var grams = new ulong[Math.Max(0, ids.Count - order + 1)];
        for (var i = 0; i < grams.Length; i++)
        {
            for (var k = 0; k < order; k++)
            {
                grams[i] = (grams[i] << 16) | (uint)ids[i + k];
            }
        }

        Array.Sort(grams);
        using var output = new MemoryStream();
        output.Write("ATNG"u8);
        output.WriteByte(1);
        output.WriteByte((byte)order);
        WriteVarint(output, vocabularySize);
        WriteVarint(output, settings.DiscountThousandths);
        WriteVarint(output, grams.Length);

        var parents = new List<(int Start, int End)> { (0, grams.Length) };
        for (var level = 1; level <= order; level++)
        {
            var children = new List<(int Start, int End)>();
            foreach (var (start, end) in parents)
            {
                var first = children.Count;
                AddRuns(grams, start, end, 16 * (order - level), settings.MinimumCounts[level - 1], children);
                WriteVarint(output, children.Count - first);
                var previous = 0;
                for (var i = first; i < children.Count; i++)
                {
                    var token = (int)((grams[children[i].Start] >> (16 * (order - level))) & 0xFFFF);
                    WriteVarint(output, token - previous);
                    WriteVarint(output, children[i].End - children[i].Start);
                    previous = token;
                }
            }

            parents = children;
        }

        return output.ToArray();
    }

    private static void AddRuns(ulong[] grams, int start, int end, int shift, int minimum, List<(int Start, int End)> runs)
    {
        for (var i = start; i < end;)
        {
            var prefix = grams[i] >> shift;
            var j = i + 1;
            while (j < end && grams[j] >> shift == prefix)
            {
                j++;
            }

            if (j - i >= minimum)
            {
                runs.Add((i, j));
            }

            i = j;
        }
    }

    private static void WriteVarint(MemoryStream output, int value)
    {
        var rest = (uint)value;
        while (rest >= 0x80)
        {
            output.WriteByte((byte)(rest | 0x80));
            rest >>= 7;
        }

        output.WriteByte((byte)rest);
    }
}
