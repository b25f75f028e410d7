using System.Text;

namespace Atropos.SessionTracker.Tests.Support;

/// <summary>A vocabulary of one id a byte, a few special tokens, and a few tokens of several bytes that encoding never gives.</summary>
internal static class ByteVocabulary
{
    public const int TurnStart = 256;
    public const int TurnEnd = 257;
    public const int Begin = 258;

    /// <summary>A token whose text has the stop string `END` in its middle.</summary>
    public const int Straddling = 260;

    /// <summary>`wor`: a sampled token that re-encoding would split.</summary>
    public const int Word = 261;

    public const int Size = 262;

    private static readonly Dictionary<int, string> Special = new()
    {
        [TurnStart] = "<|im_start|>",
        [TurnEnd] = "<|im_end|>",
        [Begin] = "<s>",
    };

    private static readonly Dictionary<int, string> Long = new() { [Straddling] = "xENDy", [Word] = "wor" };

    public static IEnumerable<int> SpecialIds => Special.Keys;

    public static bool IsSpecial(int id) => Special.ContainsKey(id);

    public static byte[] Bytes(int id) =>
        id < 256 ? [(byte)id] : Encoding.UTF8.GetBytes(Special.TryGetValue(id, out var text) ? text : Long.GetValueOrDefault(id, ""));

    public static int[] Encode(string text)
    {
        var ids = new List<int>();
        var at = 0;
        while (at < text.Length)
        {
            var special = Special.FirstOrDefault(entry => string.CompareOrdinal(text, at, entry.Value, 0, entry.Value.Length) == 0);
            if (special.Value is not null)
            {
                ids.Add(special.Key);
                at += special.Value.Length;
                continue;
            }

            var length = char.IsHighSurrogate(text[at]) ? 2 : 1;
            ids.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)).Select(b => (int)b));
            at += length;
        }

        return [.. ids];
    }

    public static string Decode(IEnumerable<int> ids, bool skipSpecial = false) =>
        Encoding.UTF8.GetString([.. ids.Where(id => !skipSpecial || !IsSpecial(id)).SelectMany(Bytes)]);
}
