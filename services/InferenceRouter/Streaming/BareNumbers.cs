namespace Atropos.InferenceRouter.Streaming;

/// <summary>Engines in Python may write <c>NaN</c> and <c>Infinity</c>, which are not JSON.</summary>
internal static class BareNumbers
{
    private static readonly byte[][] Words = ["-Infinity"u8.ToArray(), "Infinity"u8.ToArray(), "NaN"u8.ToArray()];

    /// <summary>Puts <c>null</c> in their place, outside of strings. False if there is none.</summary>
    public static bool TryMakeNull(ReadOnlySpan<byte> json, out byte[] mended)
    {
        var output = new List<byte>(json.Length + 16);
        var found = false;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (!inString)
            {
                var length = WordAt(json[i..]);
                if (length > 0)
                {
                    output.AddRange("null"u8);
                    found = true;
                    i += length - 1;
                    continue;
                }
            }

            output.Add(json[i]);
            if (json[i] == (byte)'"')
            {
                inString = !inString;
            }
            else if (inString && json[i] == (byte)'\\' && i + 1 < json.Length)
            {
                output.Add(json[++i]);
            }
        }

        mended = found ? [.. output] : [];
        return found;
    }

    private static int WordAt(ReadOnlySpan<byte> json)
    {
        foreach (var word in Words)
        {
            if (json.StartsWith(word))
            {
                return word.Length;
            }
        }

        return 0;
    }
}
