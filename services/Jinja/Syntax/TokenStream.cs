namespace Atropos.Jinja.Syntax;

/// <summary>The tokens with a cursor, and what the parser asks of them. Where the source cannot be read, the error comes when the
/// cursor gets there, so that what the parser finds wrong before that comes first.</summary>
internal sealed class TokenStream
{
    private readonly List<Token> _tokens;
    private int _position = -1;
    private TemplateSyntaxException? _postponed;
    private bool _isPythons;

    public TokenStream(List<Token> tokens)
    {
        _tokens = tokens;
        Advance();
    }

    public Token Current => _tokens[Math.Min(_position, _tokens.Count - 1)];

    public Token Next => Checked(_tokens[Math.Min(_position + 1, _tokens.Count - 1)]);

    public Token Take()
    {
        var token = Current;
        Advance();
        return token;
    }

    public bool SkipName(string name) => SkipIf(Current.IsName(name));

    public bool SkipOperator(string symbol) => SkipIf(Current.IsOperator(symbol));

    public void ExpectOperator(string symbol)
    {
        if (!SkipOperator(symbol))
        {
            throw Expected(symbol);
        }
    }

    public void ExpectName(string name)
    {
        if (!SkipName(name))
        {
            throw Expected(name);
        }
    }

    public Token Expect(TokenKind kind) =>
        Current.Kind == kind ? Take() : throw Expected(kind switch
        {
            TokenKind.BlockEnd => "end of statement block",
            TokenKind.VariableEnd => "end of print statement",
            _ => "name",
        });

    /// <summary>Keeps an error that the original finds only after it has parsed the whole template; the first one counts.</summary>
    /// <param name="reason">What is wrong.</param>
    /// <param name="byPython">Whether it is Python that finds it, in what Jinja2 has made of the template.</param>
    public void Postpone(string reason, bool byPython = true)
    {
        if (_postponed is null || (_isPythons && !byPython))
        {
            (_postponed, _isPythons) = (Error(reason), byPython);
        }
    }

    /// <summary>Throws what was postponed.</summary>
    public void ThrowPostponed()
    {
        if (_postponed is not null)
        {
            throw _postponed;
        }
    }

    public TemplateSyntaxException Error(string reason) => new(reason, Current.Line);

    private static Token Checked(Token token) =>
        token.Kind == TokenKind.Error ? throw new TemplateSyntaxException(token.Text, token.Line) : token;

    private bool SkipIf(bool skip)
    {
        if (skip)
        {
            Advance();
        }

        return skip;
    }

    private void Advance()
    {
        _position++;
        Checked(Current);
    }

    private TemplateSyntaxException Expected(string what) =>
        Error(Current.Kind == TokenKind.End
            ? $"unexpected end of template, expected {Runtime.PyRepr.Repr(what)}."
            : $"expected token {Runtime.PyRepr.Repr(what)}, got {Runtime.PyRepr.Repr(Current.Describe())}");
}
