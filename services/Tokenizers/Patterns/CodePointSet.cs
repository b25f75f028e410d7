using System.Collections;

namespace Atropos.Tokenizers.Patterns;

/// <summary>A set of code points by a rule, with its answers for ASCII kept.</summary>
internal sealed class CodePointSet
{
    private readonly Func<int, bool> _contains;
    private readonly BitArray _ascii = new(128);

    public CodePointSet(Func<int, bool> contains)
    {
        _contains = contains;
        for (var point = 0; point < 128; point++)
        {
            _ascii[point] = contains(point);
        }
    }

    public bool Contains(int codePoint) => (uint)codePoint < 128 ? _ascii[codePoint] : _contains(codePoint);

    public static CodePointSet Of(int codePoint) => new(point => point == codePoint);

    public static CodePointSet Range(int first, int last) => new(point => point >= first && point <= last);

    public CodePointSet Not() => new(point => !Contains(point));

    public CodePointSet Or(CodePointSet other) => new(point => Contains(point) || other.Contains(point));

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
}
