using System.Runtime.InteropServices;
using System.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>Unicode's decompositions and compositions, read once from the embedded file that generate_normalization.py writes.</summary>
internal sealed class NormalizationTables
{
    // Above plane 2 nothing decomposes, combines or moves.
    private const int Covered = 0x30000;

    private static readonly Lazy<NormalizationTables> LazyShared = new(static () => new NormalizationTables());

    private readonly Dictionary<int, int[]> _canonical;
    private readonly Dictionary<int, int[]> _compatibility;
    private readonly Dictionary<int, int> _classes;
    private readonly Dictionary<long, int> _compositions;

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

        _classes = classes;
        _compositions = compositions;
    }

    public static NormalizationTables Shared => LazyShared.Value;

    public int[]? Decomposition(int point, bool compatibility) =>
        (compatibility ? _compatibility : _canonical).GetValueOrDefault(point);

    public int CombiningClass(int point) => point < 0x300 ? 0 : _classes.GetValueOrDefault(point);

    public bool TryCompose(int first, int second, out int composed) => _compositions.TryGetValue(Pair(first, second), out composed);

    /// <summary>
    /// A bit for each character up to plane 2 that a form may change or move, or join to what stands before it. A text without such
    /// characters is in that form, and a character that is not one ends whatever its forerunners are about to become.
    /// </summary>
    public ulong[] Affected(NormalizationForm form)
    {
        var compatibility = form is NormalizationForm.FormKC or NormalizationForm.FormKD;
        var compose = form is NormalizationForm.FormC or NormalizationForm.FormKC;
        var bits = new ulong[Covered / 64];
        var composites = compose ? _compositions.Values.ToHashSet() : [];
        foreach (var (point, decomposition) in compatibility ? _compatibility : _canonical)
        {
            var returns = composites.Contains(point) && _canonical.TryGetValue(point, out var canonical) && canonical.AsSpan().SequenceEqual(decomposition);
            if (!returns)
            {
                Mark(point, point);
            }
        }

        foreach (var point in _classes.Keys)
        {
            Mark(point, point);
        }

        if (!compose)
        {
            Mark(0xAC00, 0xD7A3);
            return bits;
        }

        foreach (var pair in _compositions.Keys)
        {
            Mark((int)(pair & 0x1FFFFF), (int)(pair & 0x1FFFFF));
        }

        Mark(0x1161, 0x1175);
        Mark(0x11A8, 0x11C2);
        return bits;

        void Mark(int first, int last)
        {
            for (var point = first; point <= last; point++)
            {
                bits[point >> 6] |= 1UL << (point & 63);
            }
        }
    }

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static Dictionary<int, int[]> ReadDecompositions(ReadOnlySpan<int> words, ref int at)
    {
        var table = new Dictionary<int, int[]>();
        for (var left = words[at++]; left > 0; left--)
        {
            var point = words[at++];
            var length = words[at++];
            table[point] = words.Slice(at, length).ToArray();
            at += length;
        }

        return table;
    }
}
