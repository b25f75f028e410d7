using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Formatting;

/// <summary>Text as a JSON string. Blocks of characters are copied before they are looked at, and copied over where one was to be
/// escaped: conversations have a line end or a quote every fifty characters, too many to search for and to copy up to each.</summary>
internal static class JsonText
{
    /// <summary>The most that an escape, and the copy of a block behind the text's end, take.</summary>
    private const int Slack = 32;

    private static readonly int Block = Vector256<ushort>.Count;

    /// <summary>Appends a text in quotes.</summary>
    /// <param name="result">Where it goes.</param>
    /// <param name="text">The text.</param>
    /// <param name="asciiOnly">Whether all that is not printable ASCII is escaped.</param>
    public static void Append(TextBuilder result, ReadOnlySpan<char> text, bool asciiOnly)
    {
        var room = result.Room(text.Length + 2, Slack);
        room[0] = '"';
        var written = 1;
        while (true)
        {
            var plain = CopyPlain(text, room[written..], asciiOnly);
            written += plain;
            if (plain == text.Length)
            {
                room[written] = '"';
                result.Advance(written + 1);
                return;
            }

            written += WriteEscape(text[plain], room[written..]);
            text = text[(plain + 1)..];
            if (room.Length - written < text.Length + Slack)
            {
                result.Advance(written);
                room = result.Room(text.Length + 1, Slack);
                written = 0;
            }
        }
    }

    /// <summary>Copies what stands for itself.</summary>
    /// <returns>How many characters do so before the first that does not.</returns>
    private static int CopyPlain(ReadOnlySpan<char> text, Span<char> target, bool asciiOnly)
    {
        var last = Vector256.Create(asciiOnly ? (ushort)'~' : ushort.MaxValue);
        var at = 0;
        var source = MemoryMarshal.Cast<char, ushort>(text);
        var copy = MemoryMarshal.Cast<char, ushort>(target);
        for (; at + Block <= text.Length; at += Block)
        {
            var block = Vector256.Create(source[at..]);
            block.CopyTo(copy[at..]);
            var special = Vector256.LessThan(block, Vector256.Create((ushort)' ')) | Vector256.GreaterThan(block, last)
                | Vector256.Equals(block, Vector256.Create((ushort)'"')) | Vector256.Equals(block, Vector256.Create((ushort)'\\'));
            if (special != Vector256<ushort>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        for (; at < text.Length; at++)
        {
            if (text[at] is < ' ' or '"' or '\\' || (asciiOnly && text[at] > '~'))
            {
                return at;
            }

            target[at] = text[at];
        }

        return at;
    }

    private static int WriteEscape(char c, Span<char> target)
    {
        target[0] = '\\';
        target[1] = c switch
        {
            '"' or '\\' => c,
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\f' => 'f',
            '\b' => 'b',
            _ => 'u',
        };
        if (target[1] != 'u')
        {
            return 2;
        }

        ((int)c).TryFormat(target[2..], out var digits, "x4", CultureInfo.InvariantCulture);
        return 2 + digits;
    }
}
