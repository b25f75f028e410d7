using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Unicode's decompositions and compositions, read once from the embedded file that generate_normalization.py writes.</summary>
internal sealed class NormalizationTables
{
    private static readonly Lazy<NormalizationTables> LazyShared = new(static () => new NormalizationTables());

    private readonly FrozenDictionary<int, int[]> _canonical;
    private readonly FrozenDictionary<int, int[]> _compatibility;
    private readonly FrozenDictionary<int, int> _classes;
    private readonly FrozenDictionary<long, int> _compositions;

    private NormalizationTables()
    {
        using var stream = typeof(NormalizationTables).Assembly.GetManifestResourceStream("Atropos.Tokenizers.normalization.bin")
            ?? throw new InvalidOperationException("The assembly lacks its resource normalization.bin.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var words = MemoryMarshal.Cast<byte, int>(bytes);
        var at = 0;
        _canonical = ReadDecompositions(words, ref at);
        _compatibility = ReadDecompositions(words, ref at);

        var classes = new Dictionary<int, int>();
        for (var left = words[at++]; left > 0; left--)
        {
            classes[words[at++]] = words[at++];
        }

        var compositions = new Dictionary<long, int>();
        for (var left = words[at++]; left > 0; left--)
        {
            compositions[Pair(words[at++], words[at++])] = words[at++];
        }

        _classes = classes.ToFrozenDictionary();
        _compositions = compositions.ToFrozenDictionary();
    }

    public static NormalizationTables Shared => LazyShared.Value;

    public int[]? Decomposition(int point, bool compatibility) =>
        (compatibility ? _compatibility : _canonical).GetValueOrDefault(point);

    public int CombiningClass(int point) => point < 0x300 ? 0 : _classes.GetValueOrDefault(point);

    public bool TryCompose(int first, int second, out int composed) => _compositions.TryGetValue(Pair(first, second), out composed);

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static FrozenDictionary<int, int[]> ReadDecompositions(ReadOnlySpan<int> words, ref int at)
    {
        var table = new Dictionary<int, int[]>();
        for (var left = words[at++]; left > 0; left--)
        {
            var point = words[at++];
            var length = words[at++];
            table[point] = words.Slice(at, length).ToArray();
            at += length;
        }

        return table.ToFrozenDictionary();
    }
}
