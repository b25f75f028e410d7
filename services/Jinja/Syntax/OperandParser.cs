using System.Text;
using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Syntax;

/// <summary>Parses literals and names, and what may follow them: attributes, items, calls, filters and tests.</summary>
internal sealed class OperandParser(TokenStream stream, ExpressionParser expressions)
{
    public Dictionary<string, int> Mentions { get; } = new() { ["loop"] = 0, ["caller"] = 0, ["kwargs"] = 0, ["varargs"] = 0 };

    public Expression ParsePrimary()
    {
        var token = stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                stream.Take();
                return FromName(token);
            case TokenKind.String:
                return new ConstantExpression(token.Line, CommonWords.Share(ParseStrings()));
            case TokenKind.Integer or TokenKind.Float:
                stream.Take();
                return new ConstantExpression(token.Line, NumberLiteral.Value(token));
            case TokenKind.Operator when stream.SkipOperator("("):
                var inner = expressions.ParseTuple(allowEmpty: true);
                stream.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when stream.SkipOperator("["):
                return ParseList(token.Line);
            case TokenKind.Operator when stream.SkipOperator("{"):
                return ParseDict(token.Line);
            default:
                throw stream.Error($"unexpected {PyRepr.Repr(token.Describe())}");
        }
    }

    public Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            var token = stream.Current;
            if (stream.SkipOperator("."))
            {
                expression = ParseDot(expression, token.Line);
            }
            else if (stream.SkipOperator("["))
            {
                expression = ParseSubscript(expression, token.Line);
            }
            else if (token.IsOperator("("))
            {
                expression = new CallExpression(token.Line, expression, ParseArguments());
            }
            else
            {
                return expression;
            }
        }
    }

    public Expression ParseFilters(Expression expression)
    {
        while (true)
        {
            var token = stream.Current;
            if (stream.SkipOperator("|"))
            {
                expression = ParseFilter(expression);
            }
            else if (stream.SkipName("is"))
            {
                expression = ParseTest(expression, token.Line);
            }
            else if (token.IsOperator("("))
            {
                expression = new CallExpression(token.Line, expression, ParseArguments());
            }
            else
            {
                return expression;
            }
        }
    }

    public FilterExpression ParseFilter(Expression operand)
    {
        var line = stream.Current.Line;
        var name = ParseDottedName();
        return new FilterExpression(line, operand, name, stream.Current.IsOperator("(") ? ParseArguments() : ArgumentList.Empty);
    }

    private static ConstantExpression Constant(Token token, object? value) => new(token.Line, value);

    private Expression FromName(Token token)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return Constant(token, Box.True);
            case "false" or "False":
                return Constant(token, Box.False);
            case "none" or "None":
                return Constant(token, null);
            default:
                if (Mentions.TryGetValue(token.Text, out var count))
                {
                    Mentions[token.Text] = count + 1;
                }

                return new NameExpression(token.Line, token.Text);
        }
    }

    private string ParseStrings()
    {
        var first = stream.Take().Text;
        if (stream.Current.Kind != TokenKind.String)
        {
            return first;
        }

        var text = new StringBuilder(first);
        while (stream.Current.Kind == TokenKind.String)
        {
            text.Append(stream.Take().Text);
        }

        return text.ToString();
    }

    private SequenceExpression ParseList(int line)
    {
        var items = new List<Expression>();
        while (!stream.SkipOperator("]"))
        {
            if (items.Count > 0)
            {
                stream.ExpectOperator(",");
                if (stream.SkipOperator("]"))
                {
                    break;
                }
            }

            items.Add(expressions.Parse());
        }

        return new SequenceExpression(line, items.ToArray(), isTuple: false);
    }

    private DictExpression ParseDict(int line)
    {
        var items = new List<Expression>();
        var hasBadKey = false;
        while (!stream.SkipOperator("}"))
        {
            if (items.Count > 0)
            {
                stream.ExpectOperator(",");
                if (stream.SkipOperator("}"))
                {
                    break;
                }
            }

            var key = expressions.Parse();
            hasBadKey |= key is DictExpression or SequenceExpression { IsTuple: false };
            items.Add(key);
            stream.ExpectOperator(":");
            items.Add(expressions.Parse());
        }

        if (hasBadKey && items.All(IsLiteral))
        {
            stream.Postpone("unhashable type");
        }

        return new DictExpression(line, items.ToArray());
    }

    private static bool IsLiteral(Expression expression) => expression switch
    {
        SequenceExpression sequence => sequence.Items.All(IsLiteral),
        DictExpression dict => dict.Items.All(IsLiteral),
        _ => expression is ConstantExpression,
    };

    private Expression ParseDot(Expression target, int line)
    {
        var token = stream.Take();
        return token.Kind switch
        {
            TokenKind.Name => new AttributeExpression(line, target, CommonWords.Share(token.Text)),
            TokenKind.Integer => new ItemExpression(line, target, Constant(token, NumberLiteral.Value(token))),
            _ => throw new TemplateSyntaxException("expected name or number", token.Line),
        };
    }

    private Expression ParseSubscript(Expression target, int line)
    {
        var keys = new List<Expression>();
        while (!stream.SkipOperator("]"))
        {
            if (keys.Count > 0)
            {
                stream.ExpectOperator(",");
            }

            var key = stream.Current.IsOperator(":") ? null : expressions.Parse();
            if (stream.Current.IsOperator(":"))
            {
                var slice = ParseSlice(target, key, line);
                if (keys.Count == 0 && stream.SkipOperator("]"))
                {
                    return slice;
                }

                stream.Postpone("a slice is one subscript of several");
                key = slice;
            }

            keys.Add(key!);
        }

        return keys.Count switch
        {
            1 => new ItemExpression(line, target, keys[0]),
            _ => new ItemExpression(line, target, new SequenceExpression(line, keys.ToArray(), isTuple: true)),
        };
    }

    private SliceExpression ParseSlice(Expression target, Expression? start, int line)
    {
        var none = new ConstantExpression(line, null);
        stream.ExpectOperator(":");
        var stop = stream.Current.IsOperator(":") ? none : ParsePart();
        var step = stream.SkipOperator(":") ? ParsePart() : none;
        return new SliceExpression(line, target, start ?? none, stop, step);

        Expression ParsePart() =>
            stream.Current.IsOperator("]") || stream.Current.IsOperator(",") ? none : expressions.Parse();
    }

    private TestExpression ParseTest(Expression operand, int line)
    {
        var negated = stream.SkipName("not");
        var name = ParseDottedName();
        var arguments = ArgumentList.Empty;
        var token = stream.Current;
        if (token.IsOperator("("))
        {
            arguments = ParseArguments();
        }
        else if (StartsArgument(token))
        {
            if (token.IsName("is"))
            {
                throw stream.Error("You cannot chain multiple tests with is");
            }

            arguments = new ArgumentList([ParsePostfix(ParsePrimary())], [], null, null);
        }

        return new TestExpression(line, operand, name, arguments, negated);
    }

    private static bool StartsArgument(Token token) => token.Kind switch
    {
        TokenKind.Name => token.Text is not ("else" or "or" or "and"),
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        _ => token.IsOperator("[") || token.IsOperator("{"),
    };

    private string ParseDottedName()
    {
        var names = new List<string> { stream.Expect(TokenKind.Name).Text };
        while (stream.SkipOperator("."))
        {
            names.Add(stream.Expect(TokenKind.Name).Text);
        }

        return string.Join('.', names);
    }

    private ArgumentList ParseArguments()
    {
        stream.ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<KeyValuePair<string, Expression>>();
        Expression? star = null;
        Expression? doubleStar = null;
        var first = true;
        while (!stream.SkipOperator(")"))
        {
            if (!first)
            {
                stream.ExpectOperator(",");
                if (stream.SkipOperator(")"))
                {
                    break;
                }
            }

            first = false;
            if (stream.SkipOperator("*"))
            {
                Ensure(star is null && doubleStar is null);
                star = expressions.Parse();
            }
            else if (stream.SkipOperator("**"))
            {
                Ensure(doubleStar is null);
                doubleStar = expressions.Parse();
            }
            else if (stream.Current.Kind == TokenKind.Name && stream.Next.IsOperator("="))
            {
                Ensure(doubleStar is null);
                var name = stream.Take().Text;
                stream.Take();
                if (named.Any(pair => pair.Key == name))
                {
                    stream.Postpone($"keyword argument repeated: {name}");
                }

                named.Add(new(name, expressions.Parse()));
            }
            else
            {
                Ensure(star is null && doubleStar is null && named.Count == 0);
                positional.Add(expressions.Parse());
            }
        }

        return positional.Count == 0 && named.Count == 0 && star is null && doubleStar is null
            ? ArgumentList.Empty
            : new ArgumentList(positional.ToArray(), named.ToArray(), star, doubleStar);
    }

    private void Ensure(bool valid)
    {
        if (!valid)
        {
            throw stream.Error("invalid syntax for function call expression");
        }
    }
}
