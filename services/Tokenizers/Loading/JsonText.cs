using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Atropos.Tokenizers.Loading;

/// <summary>
/// Looks for what .NET's JSON parser lets pass and then refuses wherever a text is read: bytes that are not UTF-8, and escapes that
/// are half of a surrogate pair.
/// </summary>
internal static class JsonText
{
    private const int Escape = 6;
    private const int Excerpt = 40;

    /// <exception cref="TokenizerLoadException">The text of the file is broken.</exception>
    public static void Check(ReadOnlySpan<byte> json, string file)
    {
        if (!Utf8.IsValid(json))
        {
            throw new TokenizerLoadException(file, "", $"expected UTF-8, found other bytes at byte {FirstBroken(json)}");
        }

        for (var at = 0; json[at..].IndexOf((byte)'\\') is >= 0 and var skipped;)
        {
            at += skipped;
            var unit = UnitAt(json, at);
            if (unit is < 0xD800 or > 0xDFFF)
            {
                at = Math.Min(at + 2, json.Length);
                continue;
            }

            if (unit > 0xDBFF || UnitAt(json, at + Escape) is < 0xDC00 or > 0xDFFF)
            {
                var excerpt = Encoding.UTF8.GetString(json[Math.Max(0, at - Excerpt)..Math.Min(json.Length, at + Escape)]);
                throw new TokenizerLoadException(file, "", $"expected text, found half of a surrogate pair at byte {at}, in …{excerpt}");
            }

            at += 2 * Escape;
        }
    }

    /// <summary>The UTF-16 unit of an escape; -1 where there is none.</summary>
    private static int UnitAt(ReadOnlySpan<byte> json, int at) =>
        json.Length - at >= Escape && json[at] == (byte)'\\' && json[at + 1] == (byte)'u'
        && int.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? unit
            : -1;

    private static int FirstBroken(ReadOnlySpan<byte> json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(json[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
