namespace Atropos.Jinja.Syntax;

/// <summary>The tokens with a cursor, and what the parser asks of them.</summary>
internal sealed class TokenStream(List<Token> tokens)
{
    private int _position;

    public Token Current => tokens[Math.Min(_position, tokens.Count - 1)];

    public Token Next => tokens[Math.Min(_position + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        _position++;
        return token;
    }

    public bool SkipName(string name)
    {
        var skip = Current.IsName(name);
        _position += skip ? 1 : 0;
        return skip;
    }

    public bool SkipOperator(string symbol)
    {
        var skip = Current.IsOperator(symbol);
        _position += skip ? 1 : 0;
        return skip;
    }

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

    public TemplateSyntaxException Error(string reason) => new(reason, Current.Line);

    private TemplateSyntaxException Expected(string what) =>
        Error(Current.Kind == TokenKind.End
            ? $"unexpected end of template, expected '{what}'."
            : $"expected token '{what}', got '{Current.Describe()}'");
}
