using System.Globalization;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Parses an expression in Oniguruma's Ruby syntax. What it does not know it refuses by a <see cref="FormatException"/>.</summary>
internal sealed class RegexParser
{
    private readonly string _source;
    private readonly RegexClassParser _classes;
    private int _at;
    private int _groups;
    private int _sealed;
    private bool _ignoreCase;

    private RegexParser(string source)
    {
        _source = source;
        _classes = new RegexClassParser(source);
    }

    public static RegexNode Parse(string source, out int groups)
    {
        var parser = new RegexParser(source);
        var node = parser.ParseChoice();
        if (parser._at < source.Length)
        {
            throw parser.Refuse("an unmatched ')'");
        }

        groups = parser._groups;
        return node;
    }

    private FormatException Refuse(string what) => new($"expression {_source}: {what} at position {_at} is not supported");

    private RegexNode ParseChoice()
    {
        var branches = new List<RegexNode> { ParseConcat() };
        while (_at < _source.Length && _source[_at] == '|')
        {
            _at++;
            branches.Add(ParseConcat());
        }

        return branches is [var single] ? single : new RegexNode.Choice(branches);
    }

    private RegexNode ParseConcat()
    {
        var parts = new List<RegexNode>();
        var literal = "";
        while (_at < _source.Length && _source[_at] is not ('|' or ')'))
        {
            var before = _at;
            var atom = ParseAtom();
            literal = atom is RegexNode.One && _source[before] is not ('[' or '\\' or '.') ? literal + _source[before..Math.Max(before + 1, _at)] : "";
            if (_ignoreCase && CaseVariants.FoldsToSeveral(literal))
            {
                throw Refuse($"'{literal}' under (?i), which folds to or from several characters,");
            }

            parts.Add(ParseQuantifiers(atom));
        }

        return parts is [var single] ? single : new RegexNode.Concat(parts);
    }

    private RegexNode ParseAtom()
    {
        switch (_source[_at])
        {
            case '(':
                _at++;
                return ParseGroup();
            case '[':
                _classes.At = _at;
                var set = _classes.ParseClass();
                _at = _classes.At;
                return One(set);
            case '.':
                _at++;
                return new RegexNode.One(NamedSets.Dot);
            case '^':
                _at++;
                return new RegexNode.Anchor(AnchorKind.LineStart);
            case '$':
                _at++;
                return new RegexNode.Anchor(AnchorKind.LineEnd);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                throw Refuse("a quantifier without anything to repeat");
            default:
                var point = CodePoints.At(_source, _at, out var length);
                _at += length;
                return One(CodePointSet.Of(point));
        }
    }

    private RegexNode.One One(CodePointSet set) => new(_ignoreCase ? set.IgnoringCase() : set);

    private RegexNode ParseEscape()
    {
        var kind = _at + 1 < _source.Length ? _source[_at + 1] : throw Refuse("a backslash at the end");
        AnchorKind? anchor = kind switch
        {
            'A' => AnchorKind.TextStart,
            'z' => AnchorKind.TextEnd,
            'Z' => AnchorKind.TextEndOrLastLineFeed,
            'b' => AnchorKind.WordBoundary,
            'B' => AnchorKind.NoWordBoundary,
            _ => null,
        };
        if (anchor is { } known)
        {
            _at += 2;
            return new RegexNode.Anchor(known);
        }

        if (kind == 'R')
        {
            _at += 2;
            var pair = new RegexNode.Concat([new RegexNode.One(CodePointSet.Of('\r')), new RegexNode.One(CodePointSet.Of('\n'))]);
            var single = new RegexNode.One(new CodePointSet(static point => point is (>= 10 and <= 13) or 0x85 or 0x2028 or 0x2029));
            return new RegexNode.Atomic(new RegexNode.Choice([pair, single]));
        }

        if (kind is >= '1' and <= '9')
        {
            _at += 2;
            return kind - '0' <= _groups && _sealed == 0 && !_ignoreCase
                ? new RegexNode.BackReference(kind - '0')
                : throw Refuse("a back reference to a group that has not ended, or inside an atomic group, a look-around or (?i),");
        }

        _classes.At = _at;
        var set = _classes.ParseEscape();
        _at = _classes.At;
        return One(set);
    }

    private RegexNode ParseGroup()
    {
        if (_at >= _source.Length || _source[_at] != '?')
        {
            if (_sealed > 0)
            {
                throw Refuse("a capturing group inside an atomic group or a look-around");
            }

            var inner = Scoped();
            return new RegexNode.Capture(inner, ++_groups);
        }

        foreach (var (prefix, make) in Openings)
        {
            if (string.CompareOrdinal(_source, _at, prefix, 0, prefix.Length) == 0)
            {
                _at += prefix.Length;
                var closes = prefix == "?:" ? 0 : 1;
                _sealed += closes;
                var inner = Scoped();
                _sealed -= closes;
                return make(inner);
            }
        }

        return ParseOptions();
    }

    private static readonly (string Prefix, Func<RegexNode, RegexNode> Make)[] Openings =
    [
        ("?:", static inner => inner),
        ("?>", static inner => new RegexNode.Atomic(inner)),
        ("?=", static inner => new RegexNode.Look(inner, Behind: false, Negative: false)),
        ("?!", static inner => new RegexNode.Look(inner, Behind: false, Negative: true)),
        ("?<=", static inner => new RegexNode.Look(inner, Behind: true, Negative: false)),
        ("?<!", static inner => new RegexNode.Look(inner, Behind: true, Negative: true)),
    ];

    private RegexNode ParseOptions()
    {
        var before = _ignoreCase;
        var on = true;
        for (_at++; _at < _source.Length; _at++)
        {
            switch (_source[_at])
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _ignoreCase = on;
                    break;
                case ':':
                    _at++;
                    var inner = Scoped();
                    _ignoreCase = before;
                    return inner;
                case ')':
                    // Holds to the end of the enclosing group, alternatives included: a(?i)b|c is a(?i:b|c).
                    _at++;
                    return ParseChoice();
                default:
                    throw Refuse("this group");
            }
        }

        throw Refuse("a group without an end");
    }

    /// <summary>Parses up to and over the closing parenthesis; options set inside end there.</summary>
    private RegexNode Scoped()
    {
        var before = _ignoreCase;
        var node = ParseChoice();
        if (_at >= _source.Length)
        {
            throw Refuse("a group without an end");
        }

        _at++;
        _ignoreCase = before;
        return node;
    }

    private RegexNode ParseQuantifiers(RegexNode atom)
    {
        while (_at < _source.Length && TryParseCounts(out var min, out var max, out var braces))
        {
            var mode = RepeatMode.Greedy;
            if (_at < _source.Length && _source[_at] is '?' or '+')
            {
                if (_source[_at] == '?')
                {
                    mode = RepeatMode.Lazy;
                    _at++;
                }
                else if (!braces)
                {
                    mode = RepeatMode.Possessive;
                    _at++;
                }
            }

            if (atom is RegexNode.Look or RegexNode.Anchor)
            {
                throw Refuse("repeating a condition");
            }

            if (braces && mode == RepeatMode.Lazy && min == max)
            {
                throw Refuse("{n}?, which means something else in Ruby,");
            }

            atom = new RegexNode.Repeat(atom, min, max, mode);
        }

        return atom;
    }

    private bool TryParseCounts(out int min, out int max, out bool braces)
    {
        (min, max, braces) = (0, -1, false);
        switch (_source[_at])
        {
            case '*':
                break;
            case '+':
                min = 1;
                break;
            case '?':
                max = 1;
                break;
            case '{':
                var end = _source.IndexOf('}', _at);
                var parts = end < 0 ? [] : _source[(_at + 1)..end].Split(',');
                braces = true;
                if (parts.Length is not (1 or 2) || !TryCount(parts[0], 0, out min) || !TryCount(parts[^1], -1, out max) || parts is [""] or ["", ""]
                    || min > 1000 || max > 1000 || (max >= 0 && max < min))
                {
                    throw Refuse("a literal '{' or such counts");
                }

                _at = end;
                break;
            default:
                return false;
        }

        _at++;
        return true;
    }

    private static bool TryCount(string text, int fallback, out int count)
    {
        count = fallback;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
