namespace Atropos.Transcoding.Routing;

/// <summary>A path template of an http rule, taken apart.</summary>
internal sealed class PathTemplate
{
    private PathTemplate(string text, IReadOnlyList<PathSegment> segments, IReadOnlyList<PathVariable> variables, string verb)
    {
        Text = text;
        Segments = segments;
        Variables = variables;
        Verb = verb;
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<PathSegment> Segments { get; }

    public IReadOnlyList<PathVariable> Variables { get; }

    /// <summary>What follows the last segment after a colon; empty where there is none.</summary>
    public string Verb { get; }

    /// <summary>Reads a template.</summary>
    /// <exception cref="FormatException">The template does not follow the grammar of google.api.http; the message says where.</exception>
    public static PathTemplate Parse(string text) => new Parser(text).Parse();

    private ref struct Parser(string text)
    {
        private readonly List<PathSegment> _segments = [];
        private readonly List<PathVariable> _variables = [];
        private int _at;

        public PathTemplate Parse()
        {
            if (text.Length == 0 || text[0] != '/')
            {
                throw Error("it must start with a slash");
            }

            _at = 1;
            if (_at < text.Length)
            {
                ParseSegments(inVariable: false);
            }

            var verb = "";
            if (_at < text.Length && text[_at] == ':')
            {
                verb = text[(_at + 1)..];
                if (verb.Length == 0 || verb.AsSpan().IndexOfAny("/{}*:") >= 0)
                {
                    throw Error("the verb after the colon must be a word");
                }

                _at = text.Length;
            }

            if (_at < text.Length)
            {
                throw Error($"unexpected '{text[_at]}' at position {_at + 1}");
            }

            CheckRest();
            return new PathTemplate(text, _segments, _variables, verb);
        }

        private void ParseSegments(bool inVariable)
        {
            while (true)
            {
                ParseSegment(inVariable);
                if (_at >= text.Length || text[_at] != '/')
                {
                    return;
                }

                _at++;
            }
        }

        private void ParseSegment(bool inVariable)
        {
            if (_at >= text.Length)
            {
                throw Error("it ends with an empty segment");
            }

            if (text[_at] == '{')
            {
                if (inVariable)
                {
                    throw Error("a variable cannot stand in a variable");
                }

                ParseVariable();
                return;
            }

            var length = text.AsSpan(_at).IndexOfAny("/{}:=");
            var word = length < 0 ? text[_at..] : text.Substring(_at, length);
            _at += word.Length;
            _segments.Add(word switch
            {
                "" => throw Error($"an empty segment at position {_at + 1}"),
                "*" => new PathSegment(null, false),
                "**" => new PathSegment(null, true),
                _ when word.Contains('*', StringComparison.Ordinal) => throw Error($"'{word}' mixes a wildcard with text"),
                _ => new PathSegment(word, false),
            });
        }

        private void ParseVariable()
        {
            var length = text.AsSpan(_at).IndexOfAny('=', '}');
            if (length < 0)
            {
                throw Error("a variable is not closed");
            }

            var field = text.Substring(_at + 1, length - 1);
            if (field.Length == 0)
            {
                throw Error("a variable has no name");
            }

            if (_variables.Exists(v => v.Field == field))
            {
                throw Error($"the variable {field} stands in it twice");
            }

            _at += length;
            var start = _segments.Count;
            if (text[_at] == '=')
            {
                _at++;
                ParseSegments(inVariable: true);
            }
            else
            {
                _segments.Add(new PathSegment(null, false));
            }

            if (_at >= text.Length || text[_at] != '}')
            {
                throw Error($"the variable {field} is not closed");
            }

            _at++;
            var rest = _segments.Skip(start).Any(s => s.Rest);
            _variables.Add(new PathVariable(field, start, rest ? -1 : _segments.Count, rest || _segments.Count - start > 1));
        }

        private readonly void CheckRest()
        {
            var rest = _segments.FindIndex(s => s.Rest);
            if (rest >= 0 && rest != _segments.Count - 1)
            {
                throw Error("only its last segment can be **");
            }
        }

        private readonly FormatException Error(string what) => new($"the path template '{text}' is wrong: {what}");
    }
}
