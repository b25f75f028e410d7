using System.Text;

namespace Atropos.TokenizerFuzz.Tests.Texts;

/// <summary>Texts that hold every code point that tables say anything about, each behind a letter.</summary>
internal static class EveryCodePoint
{
    private const int InOneText = 150;

    // What lies between is unassigned, private, or like its neighbours in all tables.
    private static readonly (int First, int Last)[] Ranges =
    [
        (0, 0x3400), (0x4DB0, 0x4E10), (0x9FE0, 0xAC20), (0xD780, 0xD7FF), (0xE000, 0xE001), (0xF8FE, 0x12FFF), (0x13400, 0x13460), (0x14400, 0x14410),
        (0x14640, 0x14650), (0x16000, 0x17010), (0x187E0, 0x18D20), (0x1A000, 0x20010), (0x2A6D0, 0x2A710), (0x2B730, 0x2B830), (0x2CE90, 0x2CEC0),
        (0x2EBD0, 0x2EC00), (0x2F7F0, 0x2FA30), (0x2FFF0, 0x30010), (0x31340, 0x31360), (0x323A0, 0x323C0), (0xDFFF0, 0xE0200), (0xFFFF0, 0x10000F), (0x10FFF0, 0x10FFFF),
    ];

    public static IEnumerable<string> Texts()
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (var (first, last) in Ranges)
        {
            for (var codePoint = first; codePoint <= last; codePoint++)
            {
                if (!Rune.IsValid(codePoint))
                {
                    continue;
                }

                text.Append('a').Append(new Rune(codePoint).ToString());
                if (++count % InOneText == 0)
                {
                    yield return text.ToString();
                    text.Clear();
                }
            }
        }

        yield return text.ToString();
    }
}
