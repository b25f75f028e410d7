namespace Atropos.Tokenizers.Text;

/// <summary>GPT-2's one-to-one map between bytes and printable characters.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = BuildChars();
    private static readonly short[] Bytes = BuildBytes();

    public static char ToChar(byte value) => Chars[value];

    /// <summary>The byte that <paramref name="value"/> stands for, or -1.</summary>
    public static int ToByte(char value) => value < Bytes.Length ? Bytes[value] : -1;

    private static char[] BuildChars()
    {
        var chars = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            chars[value] = (char)(printable ? value : next++);
        }

        return chars;
    }

    private static short[] BuildBytes()
    {
        var bytes = new short[Chars.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (var value = 0; value < 256; value++)
        {
            bytes[Chars[value]] = (short)value;
        }

        return bytes;
    }
}
