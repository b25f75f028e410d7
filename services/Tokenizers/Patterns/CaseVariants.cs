using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Which characters differ by case alone, by Unicode's simple folding.</summary>
internal static class CaseVariants
{
    // Characters that fold together with a letter without being its upper or lower case in a round trip.
    private static readonly int[][] Groups =
    [
        ['k', 'K', 0x212A], ['s', 'S', 0x17F], [0xE5, 0xC5, 0x212B], [0xB5, 0x39C, 0x3BC], [0x3B8, 0x398, 0x3D1, 0x3F4],
        [0x3B2, 0x392, 0x3D0], [0x3B5, 0x395, 0x3F5], [0x3B9, 0x399, 0x345, 0x1FBE], [0x3BA, 0x39A, 0x3F0], [0x3C0, 0x3A0, 0x3D6],
        [0x3C1, 0x3A1, 0x3F1], [0x3C3, 0x3A3, 0x3C2], [0x3C6, 0x3A6, 0x3D5], [0x3C9, 0x3A9, 0x2126], [0x1E61, 0x1E60, 0x1E9B],
        [0x1C4, 0x1C5, 0x1C6], [0x1C7, 0x1C8, 0x1C9], [0x1CA, 0x1CB, 0x1CC], [0x1F1, 0x1F2, 0x1F3], [0xDF, 0x1E9E],
    ];

    public static IEnumerable<int> Of(int point)
    {
        foreach (var group in Groups)
        {
            if (Array.IndexOf(group, point) >= 0)
            {
                return group;
            }
        }

        return [CodePoints.ToLower(point), CodePoints.ToUpper(point)];
    }
}
