using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Syntax;

/// <summary>Splits a source into text and tags, and applies the white-space rules between them.</summary>
internal sealed class Lexer
{
    private readonly TemplateOptions _options;
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _line = 1;
    private int _lineCountedTo;

    // Whether the text at the current position starts a line, as far as lstrip_blocks is concerned.
    private bool _atLineStart = true;

    private Lexer(string source, TemplateOptions options)
    {
        _options = options;
        _source = Normalize(source, options);
    }

    /// <summary>Reads the whole source.</summary>
    public static List<Token> Read(string source, TemplateOptions options)
    {
        var lexer = new Lexer(source, options);
        try
        {
            lexer.ReadAll();
        }
        catch (TemplateSyntaxException error)
        {
            lexer.Add(TokenKind.Error, error.Reason);
        }

        return lexer._tokens;
    }

    private static string Normalize(string source, TemplateOptions options)
    {
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return !options.KeepTrailingNewline && source.EndsWith('\n') ? source[..^1] : source;
    }

    private void ReadAll()
    {
        while (true)
        {
            var tag = FindTag();
            if (tag < 0)
            {
                AddText(_source[_position..]);
                _position = _source.Length;
                Add(TokenKind.End, "");
                return;
            }

            ReadTag(tag);
        }
    }

    private int FindTag()
    {
        for (var at = _source.IndexOf('{', _position); at >= 0 && at + 1 < _source.Length; at = _source.IndexOf('{', at + 1))
        {
            if (_source[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return -1;
    }

    private void ReadTag(int tag)
    {
        var kind = _source[tag + 1];
        var sign = tag + 2 < _source.Length && _source[tag + 2] is '-' or '+' ? _source[tag + 2] : '\0';
        var inside = tag + (sign == '\0' ? 2 : 3);
        AddText(TrimBefore(_position, tag, sign, kind != '{'));
        _position = inside;
        switch (kind)
        {
            case '#':
                SkipComment();
                break;
            case '%' when TryRawBegin(inside, out var body):
                ReadRaw(body);
                break;
            default:
                Add(kind == '{' ? TokenKind.VariableBegin : TokenKind.BlockBegin, "");
                ReadCode(kind == '{' ? "}}" : "%}", kind == '{' ? TokenKind.VariableEnd : TokenKind.BlockEnd);
                break;
        }
    }

    private string TrimBefore(int start, int end, char sign, bool isBlock)
    {
        var text = _source[start..end];
        if (sign == '-')
        {
            return PyText.Strip(text, null, left: false);
        }

        if (sign != '+' && isBlock && _options.LstripBlocks)
        {
            var lineStart = text.LastIndexOf('\n') + 1;
            if ((lineStart > 0 || _atLineStart) && SkipSpace(start + lineStart) >= end)
            {
                return text[..lineStart];
            }
        }

        return text;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _position, StringComparison.Ordinal);
        if (end < 0)
        {
            if (_position < _source.Length)
            {
                throw Error("Missing end of comment tag");
            }

            return;
        }

        var sign = end > _position ? _source[end - 1] : '\0';
        FinishTag(end + 2, sign, _options.TrimBlocks);
    }

    private bool TryRawBegin(int inside, out int body)
    {
        body = 0;
        var at = SkipSpace(inside);
        if (string.CompareOrdinal(_source, at, "raw", 0, 3) != 0)
        {
            return false;
        }

        at = SkipSpace(at + 3);
        if (string.CompareOrdinal(_source, at, "-%}", 0, 3) == 0)
        {
            body = SkipSpace(at + 3);
            return true;
        }

        body = at + 2;
        return string.CompareOrdinal(_source, at, "%}", 0, 2) == 0;
    }

    private void ReadRaw(int body)
    {
        _atLineStart = _source[body - 1] == '\n';
        for (var at = _source.IndexOf("{%", body, StringComparison.Ordinal); at >= 0;
             at = _source.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            var sign = at + 2 < _source.Length && _source[at + 2] is '-' or '+' ? _source[at + 2] : '\0';
            var name = SkipSpace(at + (sign == '\0' ? 2 : 3));
            if (string.CompareOrdinal(_source, name, "endraw", 0, 6) != 0)
            {
                continue;
            }

            var close = SkipSpace(name + 6);
            var closeSign = close < _source.Length && _source[close] is '-' or '+' ? _source[close] : '\0';
            close += closeSign == '\0' ? 0 : 1;
            if (string.CompareOrdinal(_source, close, "%}", 0, 2) == 0)
            {
                AddText(TrimBefore(body, at, sign, true));
                FinishTag(close + 2, closeSign, _options.TrimBlocks);
                return;
            }
        }

        // Only what follows is missed.
        _position = body;
        if (body < _source.Length)
        {
            throw Error("Missing end of raw directive");
        }
    }

    private void ReadCode(string close, TokenKind closeKind)
    {
        var open = new Stack<char>();
        while (true)
        {
            _position = SkipSpace(_position);
            if (_position >= _source.Length)
            {
                return;
            }

            if (open.Count == 0 && TryClose(close, closeKind))
            {
                return;
            }

            if (TokenReader.TryRead(_source, _position, out var kind, out var text, out var end) is { } problem)
            {
                throw Error(problem);
            }

            Balance(open, kind, text);
            Add(kind, text);
            _position = end;
        }
    }

    private bool TryClose(string close, TokenKind closeKind)
    {
        var sign = _source[_position];
        var at = sign == '-' || (sign == '+' && close == "%}") ? _position + 1 : _position;
        if (string.CompareOrdinal(_source, at, close, 0, 2) != 0)
        {
            return false;
        }

        Add(closeKind, "");
        FinishTag(at + 2, at == _position ? '\0' : sign, close == "%}" && _options.TrimBlocks);
        return true;
    }

    private void FinishTag(int end, char sign, bool trim)
    {
        if (sign == '-')
        {
            _position = SkipSpace(end);
        }
        else
        {
            _position = sign != '+' && trim && end < _source.Length && _source[end] == '\n' ? end + 1 : end;
        }

        _atLineStart = _source[_position - 1] == '\n';
    }

    private void Balance(Stack<char> open, TokenKind kind, string text)
    {
        if (kind != TokenKind.Operator || text.Length != 1)
        {
            return;
        }

        if (text[0] is '(' or '[' or '{')
        {
            open.Push(text[0] switch { '(' => ')', '[' => ']', _ => '}' });
        }
        else if (text[0] is ')' or ']' or '}')
        {
            if (!open.TryPop(out var expected))
            {
                throw Error($"unexpected '{text}'");
            }

            if (expected != text[0])
            {
                throw Error($"unexpected '{text}', expected '{expected}'");
            }
        }
    }

    private int SkipSpace(int at)
    {
        while (at < _source.Length && PyText.IsSpace(_source[at]))
        {
            at++;
        }

        return at;
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
        {
            Add(TokenKind.Text, text);
        }
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text, CurrentLine()));

    private int CurrentLine()
    {
        if (_position > _lineCountedTo)
        {
            _line += _source.AsSpan(_lineCountedTo, _position - _lineCountedTo).Count('\n');
            _lineCountedTo = _position;
        }

        return _line;
    }

    private TemplateSyntaxException Error(string reason) => new(reason, CurrentLine());
}
