using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>A set of code points by a rule. Answers are kept in pages of 256, each made when it is first asked for.</summary>
internal sealed class CodePointSet
{
    private readonly Func<int, bool> _contains;
    private readonly ulong[]?[] _basic = new ulong[256][];
    private readonly ulong _low;
    private readonly ulong _high;
    private ulong[]?[]? _further;

    public CodePointSet(Func<int, bool> contains)
    {
        _contains = contains;
        var first = Page(0);
        (_low, _high) = (first[0], first[1]);
    }

    public bool Contains(int codePoint)
    {
        if ((uint)codePoint < 128)
        {
            return (((codePoint < 64 ? _low : _high) >> (codePoint & 63)) & 1) != 0;
        }

        var page = Page(codePoint >> 8);
        return ((page[(codePoint >> 6) & 3] >> (codePoint & 63)) & 1) != 0;
    }

    public static CodePointSet Of(int codePoint) => new(point => point == codePoint);

    public static CodePointSet Range(int first, int last) => new(point => point >= first && point <= last);

    /// <summary>The set whose membership changes at each of the bounds; the first is its first member.</summary>
    public static CodePointSet Between(int[] bounds) => new(point => UnicodeSets.Contains(bounds, point));

    public CodePointSet Not() => new(point => !Contains(point));

    public CodePointSet Or(CodePointSet other) => new(point => Contains(point) || other.Contains(point));

    /// <summary>All members of all sets.</summary>
    public static CodePointSet Any(IReadOnlyList<CodePointSet> sets) => new(point =>
    {
        foreach (var set in sets)
        {
            if (set.Contains(point))
            {
                return true;
            }
        }

        return false;
    });

    public CodePointSet And(CodePointSet other) => new(point => Contains(point) && other.Contains(point));

    /// <summary>The set with everything that differs from a member by case alone (simple folding).</summary>
    public CodePointSet IgnoringCase() => new(point =>
    {
        if (Contains(point))
        {
            return true;
        }

        foreach (var variant in CaseVariants.Of(point))
        {
            if (Contains(variant))
            {
                return true;
            }
        }

        return false;
    });

    private ulong[] Page(int number)
    {
        if (number < 256)
        {
            return Volatile.Read(ref _basic[number]) ?? Fill(_basic, number, number);
        }

        var further = Volatile.Read(ref _further);
        if (further is null)
        {
            var made = new ulong[]?[0x1000];
            further = Interlocked.CompareExchange(ref _further, made, null) ?? made;
        }

        return Volatile.Read(ref further[number - 256]) ?? Fill(further, number - 256, number);
    }

    private ulong[] Fill(ulong[]?[] pages, int slot, int number)
    {
        var page = new ulong[4];
        for (var low = 0; low < 256; low++)
        {
            if (_contains((number << 8) | low))
            {
                page[low >> 6] |= 1UL << (low & 63);
            }
        }

        // Two threads that make the same page make it equal.
        Volatile.Write(ref pages[slot], page);
        return page;
    }
}
