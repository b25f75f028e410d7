namespace Atropos.TokenizerFuzz.Tests.Subjects;

/// <summary>GPT-2's byte alphabet: printable Latin-1 stands for itself, the other bytes in order for what follows U+0100.</summary>
internal static class ByteLetters
{
    /// <summary>The letter of each byte.</summary>
    public static readonly char[] All = [.. Enumerable.Range(0, 256).Select(Letter)];

    private static char Letter(int value) => (char)(Printable(value) ? value : 0x100 + Enumerable.Range(0, value).Count(lower => !Printable(lower)));

    private static bool Printable(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
}
