using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Patterns;

/// <summary>Parses an expression in Oniguruma's Ruby syntax. What it does not know it refuses by a <see cref="FormatException"/>.</summary>
internal sealed class RegexParser
{
    // No real expression comes near these, and a stack is finite.
    private const int LongestExpression = 1 << 15;
    private const int DeepestGroup = 100;
    private const int MostQuantifiers = 8;

    private readonly string _source;
    private readonly RegexClassParser _classes;
    private int _at;
    private int _groups;
    private int _sealed;
    private int _depth;
    private bool _ignoreCase;
    private bool _dotAll;
    private bool _extended;
    private readonly Dictionary<string, int> _names = [];

    private RegexParser(string source)
    {
        _source = source;
        _classes = new RegexClassParser(source);
    }

    public static RegexNode Parse(string source, out int groups)
    {
        if (source.Length > LongestExpression)
        {
            throw new FormatException($"an expression of {source.Length} characters is not supported; expected at most {LongestExpression}");
        }

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
        if (++_depth > DeepestGroup)
        {
            throw Refuse("nesting so deep");
        }

        var branches = new List<RegexNode> { ParseConcat() };
        while (_at < _source.Length && _source[_at] == '|')
        {
            _at++;
            branches.Add(ParseConcat());
        }

        _depth--;
        return branches is [var single] ? single : new RegexNode.Choice(branches);
    }

    private RegexNode ParseConcat()
    {
        var parts = new List<RegexNode>();
        while (SkipUnseen() && _source[_at] is not ('|' or ')'))
        {
            var part = ParseQuantifiers(ParseAtom());
            if (part is RegexNode.Concat inner)
            {
                parts.AddRange(inner.Parts);
            }
            else
            {
                parts.Add(part);
            }
        }

        parts = CaseFoldings.Expand(parts);
        return parts is [var single] ? single : new RegexNode.Concat(parts);
    }

    /// <summary>Passes over comments and, under (?x), white space; false at the end.</summary>
    private bool SkipUnseen()
    {
        while (_at < _source.Length)
        {
            if (string.CompareOrdinal(_source, _at, "(?#", 0, 3) == 0)
            {
                var end = _source.IndexOf(')', _at);
                _at = end < 0 ? throw Refuse("a comment without an end") : end + 1;
            }
            else if (_extended && _source[_at] is ' ' or (>= '\t' and <= '\r'))
            {
                _at++;
            }
            else if (_extended && _source[_at] == '#')
            {
                var end = _source.IndexOf('\n', _at);
                _at = end < 0 ? _source.Length : end + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private RegexNode ParseAtom()
    {
        switch (_source[_at])
        {
            case '(':
                _at++;
                return ParseGroup();
            case '[':
                return ParseClass();
            case '.':
                _at++;
                return new RegexNode.One(_dotAll ? NamedSets.Any : NamedSets.Dot);
            case '^' or '$':
                return new RegexNode.Anchor(_source[_at++] == '^' ? AnchorKind.LineStart : AnchorKind.LineEnd);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                throw Refuse("a quantifier without anything to repeat");
            default:
                var point = CodePoints.At(_source, _at, out var length);
                _at += length;
                return Literal(point);
        }
    }

    private RegexNode ParseClass()
    {
        _classes.At = _at;
        var set = _classes.ParseClass(out var negated);
        _at = _classes.At;
        var folded = _ignoreCase ? set.IgnoringCase() : set;
        var one = new RegexNode.One(negated ? folded.Not() : folded);
        string[] sequences = _ignoreCase && !negated ? [.. CaseFoldings.Of(set)] : [];
        return sequences.Length == 0 ? one : new RegexNode.Choice([one, .. sequences.Select(CaseFoldings.Sequence)]);
    }

    private RegexNode.One Literal(int point) =>
        _ignoreCase ? new RegexNode.One(CodePointSet.Of(point).IgnoringCase(), point) : new RegexNode.One(CodePointSet.Of(point));

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
            'G' => AnchorKind.SearchStart,
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

        switch (kind)
        {
            case 'N':
                _at += 2;
                return new RegexNode.One(NamedSets.Dot);
            case 'O':
                _at += 2;
                return new RegexNode.One(NamedSets.Any);
            case 'X':
                _at += 2;
                return new RegexNode.Cluster();
            case 'w' or 'W':
                // Outside a class the original's word characters of Latin-1 are others than inside one.
                _at += 2;
                return new RegexNode.One(kind == 'w' ? NamedSets.WordOutside : NamedSets.WordOutside.Not());
            case 'k':
                return ParseNamedReference();
            case >= '1' and <= '9':
                _at += 2;
                return _names.Count == 0 ? BackReference(kind - '0') : throw Refuse("a numbered back reference beside named groups");
            default:
                break;
        }

        _classes.At = _at;
        var set = _classes.ParseEscape(out var point);
        _at = _classes.At;
        return set is null ? Literal(point) : new RegexNode.One(set);
    }

    private RegexNode.BackReference ParseNamedReference()
    {
        var end = _source.IndexOf('>', _at);
        var name = end < 0 || _at + 2 >= _source.Length || _source[_at + 2] != '<' ? "" : _source[(_at + 3)..end];
        if (!_names.TryGetValue(name, out var number))
        {
            throw Refuse("a back reference to no named group");
        }

        _at = end + 1;
        return BackReference(number);
    }

    private RegexNode.BackReference BackReference(int number) => number <= _groups && _sealed == 0 ? new(number, _ignoreCase)
        : throw Refuse("a back reference to a group that has not ended, or inside an atomic group or a look-around,");

    private RegexNode ParseGroup()
    {
        if (_at >= _source.Length || _source[_at] != '?')
        {
            if (_sealed > 0)
            {
                throw Refuse("a capturing group inside an atomic group or a look-around");
            }

            var number = ++_groups;
            return new RegexNode.Capture(Scoped(), number);
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

        return _at + 1 < _source.Length && _source[_at + 1] == '<' ? ParseNamedGroup() : ParseOptions();
    }

    private RegexNode.Capture ParseNamedGroup()
    {
        var end = _source.IndexOf('>', _at);
        var name = end < 0 ? "" : _source[(_at + 2)..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(static letter => char.IsLetterOrDigit(letter) || letter == '_') || _sealed > 0)
        {
            throw Refuse("such a named group, or one inside an atomic group or a look-around,");
        }

        _at = end + 1;
        var number = ++_groups;
        var inner = Scoped();
        return _names.TryAdd(name, number) ? new RegexNode.Capture(inner, number) : throw Refuse("two groups of one name");
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
        var before = (_ignoreCase, _dotAll, _extended);
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
                case 'm':
                    _dotAll = on;
                    break;
                case 'x':
                    _extended = on;
                    break;
                case ':':
                    _at++;
                    var inner = Scoped();
                    (_ignoreCase, _dotAll, _extended) = before;
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
        var before = (_ignoreCase, _dotAll, _extended);
        var node = ParseChoice();
        if (_at >= _source.Length)
        {
            throw Refuse("a group without an end");
        }

        _at++;
        (_ignoreCase, _dotAll, _extended) = before;
        return node;
    }

    private RegexNode ParseQuantifiers(RegexNode atom)
    {
        var stacked = 0;
        while (SkipUnseen() && RegexCounts.TryParse(_source, ref _at, out var min, out var max, out var braces))
        {
            if (!RegexCounts.AreSensible(min, max) || ++stacked > MostQuantifiers)
            {
                throw Refuse("such a count, or so many in a row,");
            }

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

            atom = CaseFoldings.ExpandOne(atom);

            // In Ruby {n}? is n times or not at all.
            atom = braces && mode == RepeatMode.Lazy && min == max
                ? new RegexNode.Repeat(new RegexNode.Repeat(atom, min, max, RepeatMode.Greedy), 0, 1, RepeatMode.Greedy)
                : new RegexNode.Repeat(atom, min, max, mode);
        }

        return atom;
    }
}
