using Atropos.Jinja.Nodes;

namespace Atropos.Jinja.Syntax;

/// <summary>Parses expressions from the lowest precedence (<c>if</c>-<c>else</c>) to the highest (<c>**</c>).</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private readonly TokenStream _stream;
    private readonly NestingGuard _nesting;
    private readonly OperandParser _operands;

    public ExpressionParser(TokenStream stream, NestingGuard nesting)
    {
        _stream = stream;
        _nesting = nesting;
        _operands = new OperandParser(stream, this);
    }

    /// <summary>How often each of these names was read so far; the parser asks which of them a body mentions.</summary>
    public Dictionary<string, int> Mentions => _operands.Mentions;

    /// <summary>One expression, or several with commas between, which make a tuple.</summary>
    public Expression ParseTuple(bool allowCondition = true, bool allowEmpty = false)
    {
        var line = _stream.Current.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (!IsTupleEnd())
        {
            items.Add(allowCondition ? Parse() : ParseOr());
            if (!_stream.SkipOperator(","))
            {
                break;
            }

            isTuple = true;
        }

        if (!isTuple && items.Count == 1)
        {
            return items[0];
        }

        return isTuple || allowEmpty
            ? new SequenceExpression(line, items.ToArray(), isTuple: true)
            : throw _stream.Error($"Expected an expression, got {Runtime.PyRepr.Repr(_stream.Current.Describe())}");
    }

    public Expression Parse()
    {
        _nesting.Enter(_stream.Current);
        var expression = ParseOr();
        while (_stream.Current.IsName("if"))
        {
            var line = _stream.Take().Line;
            var test = ParseOr();
            var otherwise = _stream.SkipName("else") ? Parse() : null;
            expression = new ConditionalExpression(line, test, expression, otherwise);
        }

        _nesting.Leave();
        return expression;
    }

    public Expression ParseUnary(bool withFilter = true)
    {
        var token = _stream.Current;
        _nesting.Enter(token);
        Expression expression;
        if (token.IsOperator("-") || token.IsOperator("+"))
        {
            _stream.Take();
            expression = new UnaryExpression(token.Line, ParseUnary(withFilter: false), token.Text == "-");
        }
        else
        {
            expression = _operands.ParsePrimary();
        }

        expression = _operands.ParsePostfix(expression);
        _nesting.Leave();
        return withFilter ? _operands.ParseFilters(expression) : expression;
    }

    /// <summary>A name or literal, or an expression in parentheses, without what may follow it.</summary>
    public Expression ParsePrimary() => _operands.ParsePrimary();

    public FilterExpression ParseFilter(Expression operand) => _operands.ParseFilter(operand);

    /// <summary>The filters after <paramref name="operand"/>, each after a pipe.</summary>
    public Expression ParseFilters(Expression operand)
    {
        while (_stream.SkipOperator("|"))
        {
            operand = ParseFilter(operand);
        }

        return operand;
    }

    private bool IsTupleEnd() =>
        _stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd
        || _stream.Current.IsOperator(")");

    private Expression ParseOr() => ParseLogical("or", () => ParseLogical("and", ParseNot, isAnd: true), isAnd: false);

    private Expression ParseLogical(string name, Func<Expression> parseOperand, bool isAnd)
    {
        var line = _stream.Current.Line;
        var operands = new List<Expression> { parseOperand() };
        while (_stream.SkipName(name))
        {
            operands.Add(parseOperand());
        }

        return operands.Count == 1 ? operands[0] : new LogicalExpression(line, operands.ToArray(), isAnd);
    }

    private Expression ParseNot()
    {
        var token = _stream.Current;
        if (!_stream.SkipName("not"))
        {
            return ParseCompare();
        }

        _nesting.Enter(token);
        var operand = ParseNot();
        _nesting.Leave();
        return new NotExpression(token.Line, operand);
    }

    private Expression ParseCompare()
    {
        var line = _stream.Current.Line;
        var operands = new List<Expression> { ParseSum() };
        var operators = new List<string>();
        while (TakeComparison() is { } symbol)
        {
            operators.Add(symbol);
            operands.Add(ParseSum());
        }

        return operators.Count == 0 ? operands[0] : new CompareExpression(line, operands.ToArray(), operators.ToArray());
    }

    private string? TakeComparison()
    {
        var token = _stream.Current;
        if (token.Kind == TokenKind.Operator && Comparisons.Contains(token.Text))
        {
            return _stream.Take().Text;
        }

        if (_stream.SkipName("in"))
        {
            return "in";
        }

        if (token.IsName("not") && _stream.Next.IsName("in"))
        {
            _stream.Take();
            _stream.Take();
            return "not in";
        }

        return null;
    }

    private Expression ParseSum() => ParseArithmetic(ParseConcat, "+", "-");

    private Expression ParseConcat()
    {
        var line = _stream.Current.Line;
        var operands = new List<Expression> { ParseProduct() };
        while (_stream.SkipOperator("~"))
        {
            operands.Add(ParseProduct());
        }

        return operands.Count == 1 ? operands[0] : new ConcatExpression(line, operands.ToArray());
    }

    private Expression ParseProduct() => ParseArithmetic(ParsePower, "*", "/", "//", "%");

    private Expression ParsePower() => ParseArithmetic(() => ParseUnary(), "**");

    private Expression ParseArithmetic(Func<Expression> parseOperand, params string[] symbols)
    {
        var line = _stream.Current.Line;
        var first = parseOperand();
        if (_stream.Current.Kind != TokenKind.Operator || !symbols.Contains(_stream.Current.Text))
        {
            return first;
        }

        var operands = new List<Expression> { first };
        var operators = new List<string>();
        while (_stream.Current.Kind == TokenKind.Operator && symbols.Contains(_stream.Current.Text))
        {
            operators.Add(_stream.Take().Text);
            operands.Add(parseOperand());
        }

        return new BinaryExpression(line, operands.ToArray(), operators.ToArray());
    }
}
