using System.Globalization;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Parses bracketed classes and the escapes that stand for one character or a set of them.</summary>
internal sealed class RegexClassParser(string source)
{
    // No real expression comes near it, and a stack is finite.
    private const int DeepestClass = 50;

    private int _depth;

    /// <summary>Where to read; moved on by each call.</summary>
    public int At { get; set; }

    private FormatException Refuse(string what) => new($"expression {source}: {what} at position {At} is not supported");

    private char Peek(int ahead = 0) => At + ahead < source.Length ? source[At + ahead] : '\0';

    /// <summary>Reads a class; what it lists, for the caller to negate where asked: case is ignored before that.</summary>
    public CodePointSet ParseClass(out bool negated)
    {
        if (++_depth > DeepestClass)
        {
            throw Refuse("nesting so deep");
        }

        At++;
        negated = Peek() == '^';
        At += negated ? 1 : 0;
        CodePointSet? whole = null;
        var current = new List<CodePointSet>();
        var first = true;
        while (Peek() != ']' || first)
        {
            if (At >= source.Length)
            {
                throw Refuse("a class without an end");
            }

            if (Peek() == '&' && Peek(1) == '&')
            {
                At += 2;
                whole = Both(whole, current);
                current = [];
                continue;
            }

            // A bracket in the first place is a member, where another one ends the class.
            if (Peek() == ']' && source.IndexOf(']', At + 1) < 0)
            {
                throw Refuse("an empty class");
            }

            current.Add(ParseItem());
            first = false;
        }

        At++;
        _depth--;
        return Both(whole, current);
    }

    private static CodePointSet Both(CodePointSet? left, List<CodePointSet> items)
    {
        var right = items is [var single] ? single : CodePointSet.Any(items);
        return left is null ? right : left.And(right);
    }

    private CodePointSet ParseItem()
    {
        if (Peek() == '[')
        {
            if (Peek(1) != ':')
            {
                var inner = ParseClass(out var isNegated);
                return isNegated ? inner.Not() : inner;
            }

            var end = source.IndexOf(":]", At, StringComparison.Ordinal);
            var name = end < 0 ? "" : source[(At + 2)..end];
            var negated = name.StartsWith('^');
            var set = NamedSets.Posix(name.TrimStart('^')) ?? throw Refuse($"the class [:{name}:]");
            At = end + 2;
            return negated ? set.Not() : set;
        }

        var first = ParsePoint(out var known);
        if (known is not null)
        {
            return known;
        }

        if (Peek() != '-' || Peek(1) == ']')
        {
            return CodePointSet.Of(first);
        }

        At++;
        var last = ParsePoint(out known);
        return known is null && last >= first && Peek() != '\0'
            ? CodePointSet.Range(first, last)
            : throw Refuse("such a range");
    }

    /// <summary>Reads one character, escaped or not; or a set, where the escape stands for one.</summary>
    private int ParsePoint(out CodePointSet? set)
    {
        set = null;
        if (Peek() != '\\')
        {
            var point = CodePoints.At(source, At, out var length);
            At += length;
            return point;
        }

        return ParseEscape(out set);
    }

    /// <summary>Reads an escape that stands for a set; or, with null, for one character.</summary>
    public CodePointSet? ParseEscape(out int point)
    {
        point = ParseEscape(out CodePointSet? set);
        return set;
    }

    private int ParseEscape(out CodePointSet? set)
    {
        set = null;
        var kind = Peek(1);
        At += 2;
        switch (kind)
        {
            case 'd':
                set = NamedSets.Digit;
                return 0;
            case 'D':
                set = NamedSets.Digit.Not();
                return 0;
            case 's':
                set = NamedSets.Space;
                return 0;
            case 'S':
                set = NamedSets.Space.Not();
                return 0;
            case 'w':
                set = NamedSets.Word;
                return 0;
            case 'W':
                set = NamedSets.Word.Not();
                return 0;
            case 'h':
                set = NamedSets.HexDigit;
                return 0;
            case 'H':
                set = NamedSets.HexDigit.Not();
                return 0;
            case 'p' or 'P':
                set = ParseProperty(kind == 'P');
                return 0;
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'x':
                return ParseHex(braces: Peek() == '{', digits: 2);
            case 'u':
                return ParseHex(braces: false, digits: 4);
            default:
                if (kind == '\0' || char.IsAsciiLetterOrDigit(kind))
                {
                    throw Refuse($"\\{kind}");
                }

                At--;
                var point = CodePoints.At(source, At, out var length);
                At += length;
                return point;
        }
    }

    private int ParseHex(bool braces, int digits)
    {
        var end = braces ? source.IndexOf('}', At) : At + digits;
        var start = braces ? At + 1 : At;
        if (end < start || end > source.Length
            || !int.TryParse(source.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            || point > 0x10FFFF || (!braces && digits == 2 && point > 0x7F))
        {
            throw Refuse("such a hexadecimal escape");
        }

        At = end + (braces ? 1 : 0);
        return point;
    }

    private CodePointSet ParseProperty(bool negated)
    {
        var end = source.IndexOf('}', At);
        if (Peek() != '{' || end < 0)
        {
            throw Refuse("a property without {name}");
        }

        var name = source[(At + 1)..end];
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        var set = NamedSets.Property(name) ?? throw Refuse($"the property \\p{{{name}}}");
        At = end + 1;
        return negated ? set.Not() : set;
    }
}
