namespace Atropos.ModelTrainer;

/// <summary>GPT-2's printable stand-ins for the 256 bytes, and the order of their ids.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] ByteToChar = new char[256];
    private static readonly int[] ByteToId = new int[256];

    static ByteAlphabet()
    {
        var order = new List<byte>(256);
        for (var b = 0; b < 256; b++)
        {
            if (b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF))
            {
                ByteToChar[b] = (char)b;
                order.Add((byte)b);
            }
        }

        var printable = order.Count;
        for (var b = 0; b < 256; b++)
        {
            if (ByteToChar[b] == '\0')
            {
                ByteToChar[b] = (char)(256 + order.Count - printable);
                order.Add((byte)b);
            }
        }

        for (var id = 0; id < 256; id++)
        {
            ByteToId[order[id]] = id;
            IdToByte[id] = order[id];
        }
    }

    public static byte[] IdToByte { get; } = new byte[256];

    public static int Id(byte value) => ByteToId[value];

    public static string Text(ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            chars[i] = ByteToChar[bytes[i]];
        }

        return chars.ToString();
    }
}
