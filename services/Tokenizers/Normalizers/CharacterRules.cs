using Atropos.Tokenizers.Patterns;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Normalizers;

/// <summary>The rules of the normalizers that look at one character at a time.</summary>
internal static class CharacterRules
{
    private static readonly CodePointSet RemovedByBert = CodePointSet.Between(UnicodeSets.Bounds("bert/removed"));
    private static readonly CodePointSet MarksOfBert = CodePointSet.Between(UnicodeSets.Bounds("bert/marks"));
    private static readonly CodePointSet Marks = CodePointSet.Between(UnicodeSets.Bounds("marks"));

    /// <summary>BertNormalizer's clean_text: no control characters, one kind of space.</summary>
    public static int Clean(int point) =>
        RemovedByBert.Contains(point) ? MapNormalizer.Drop : CodePoints.IsWhiteSpace(point) ? ' ' : point;

    /// <summary>BertNormalizer's strip_accents, after NFD.</summary>
    public static int WithoutBertMarks(int point) => MarksOfBert.Contains(point) ? MapNormalizer.Drop : point;

    /// <summary>StripAccents.</summary>
    public static int WithoutMarks(int point) => Marks.Contains(point) ? MapNormalizer.Drop : point;

    /// <summary>Nmt: what Google's translation models made of control characters and rare spaces.</summary>
    public static int Nmt(int point) => point switch
    {
        (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F => MapNormalizer.Drop,
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => ' ',
        _ => point,
    };

    /// <summary>The blocks of ideographs that BertNormalizer puts spaces around; one of them begins late in the original.</summary>
    public static bool IsIdeograph(int point) => point is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
