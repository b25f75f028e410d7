using Atropos.Jinja.Nodes;

namespace Atropos.Jinja.Syntax;

/// <summary>Parses the text and the statements of a template.</summary>
internal sealed class Parser
{
    private readonly TokenStream _stream;
    private readonly NestingGuard _nesting = new();
    private readonly ExpressionParser _expressions;
    private readonly TargetParser _targets;
    private readonly Stack<string> _openTags = new();
    private readonly BindingReader _bindings = new();
    private readonly Stack<string[]> _ends = new();
    private readonly HashSet<string> _blocks = [];
    private int _loops;

    public Parser(TokenStream stream)
    {
        _stream = stream;
        _expressions = new ExpressionParser(stream, _nesting);
        _targets = new TargetParser(stream, _expressions);
    }

    /// <summary>Whether the template has a <c>block</c>.</summary>
    public bool HasBlocks { get; private set; }

    /// <summary>What was given a name so far.</summary>
    public TemplateBinding[] Bindings => _bindings.Bindings;

    public Statement[] ParseTemplate()
    {
        var body = ParseUntil([]);
        _stream.ThrowPostponed();
        return body;
    }

    private Statement[] ParseUntil(string[] ends)
    {
        _nesting.Enter(_stream.Current);
        if (ends.Length > 0)
        {
            _ends.Push(ends);
        }

        var body = new List<Statement>();
        while (true)
        {
            var token = _stream.Current;
            switch (token.Kind)
            {
                case TokenKind.Text:
                    _stream.Take();
                    body.Add(new TextStatement(token.Line, token.Text));
                    break;
                case TokenKind.VariableBegin:
                    _stream.Take();
                    body.Add(new OutputStatement(token.Line, _expressions.ParseTuple()));
                    _stream.Expect(TokenKind.VariableEnd);
                    break;
                case TokenKind.BlockBegin:
                    _stream.Take();
                    if (_stream.Current.Kind == TokenKind.Name && ends.Contains(_stream.Current.Text))
                    {
                        _nesting.Leave();
                        _ends.Pop();
                        return body.ToArray();
                    }

                    body.Add(ParseStatement());
                    _stream.Expect(TokenKind.BlockEnd);
                    break;
                case TokenKind.End when ends.Length == 0:
                    _nesting.Leave();
                    return body.ToArray();
                default:
                    throw _stream.Error("Unexpected end of template." + Hint(null));
            }
        }
    }

    /// <summary>The body of a tag that is to be ended by <paramref name="ends"/>; the ending name is left as the current token.</summary>
    private Statement[] ParseBody(params string[] ends)
    {
        _stream.SkipOperator(":");
        _stream.Expect(TokenKind.BlockEnd);
        return ParseUntil(ends);
    }

    private Statement[] ParseWholeBody(string end)
    {
        var body = ParseBody(end);
        _stream.ExpectName(end);
        return body;
    }

    private Statement ParseStatement()
    {
        var token = _stream.Current;
        if (token.Kind != TokenKind.Name)
        {
            throw _stream.Error("tag name expected");
        }

        if (!IsTag(token.Text))
        {
            throw new TemplateSyntaxException($"Encountered unknown tag '{token.Text}'.{Hint(token.Text)}", token.Line);
        }

        _openTags.Push(token.Text);
        _stream.Take();
        Statement statement = token.Text switch
        {
            "if" => ParseIf(token.Line),
            "for" => ParseFor(token.Line),
            "set" => ParseSet(token.Line),
            "macro" => ParseMacro(token.Line),
            "call" => ParseCall(token.Line),
            "filter" => ParseFilterBlock(token.Line),
            "with" => ParseWith(token.Line),
            "generation" => ParseGeneration(token.Line),
            "autoescape" => new AutoescapeStatement(token.Line, _expressions.Parse(), ParseWholeBody("endautoescape")),
            "block" => ParseBlock(token.Line),
            "print" => ParsePrint(token.Line),
            "break" => ParseFlow(token, Flow.Break),
            "continue" => ParseFlow(token, Flow.Continue),
            _ => ParseLoader(token.Line),
        };
        _openTags.Pop();
        return statement;
    }

    private static bool IsTag(string name) => name is "if" or "for" or "set" or "macro" or "call" or "filter" or "with" or "generation"
        or "autoescape" or "block" or "print" or "break" or "continue" or "include" or "import" or "from" or "extends";

    /// <summary>What the parser looks for where it meets <paramref name="tag"/>, or the end of the template where that is null.</summary>
    private string Hint(string? tag)
    {
        var hint = "";
        if (_ends.TryPeek(out var ends))
        {
            var wanted = string.Join(" or ", ends.Select(end => $"'{end}'"));
            hint = tag is not null && _ends.Any(expected => expected.Contains(tag))
                ? $" You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for {wanted}."
                : $" Jinja was looking for the following tags: {wanted}.";
        }

        return _openTags.TryPeek(out var open) ? $"{hint} The innermost block that needs to be closed is '{open}'." : hint;
    }

    private ScopeStatement ParseGeneration(int line)
    {
        // It is a function of its own in the original, which no break leaves.
        var loops = _loops;
        _loops = 0;
        var body = ParseWholeBody("endgeneration");
        _loops = loops;
        return new ScopeStatement(line, [], body);
    }

    private Statement ParsePrint(int line)
    {
        var values = new List<Expression>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0)
            {
                _stream.ExpectOperator(",");
            }

            values.Add(_expressions.Parse());
        }

        return values.Count == 0 ? new TextStatement(line, "")
            : new OutputStatement(line, values.Count == 1 ? values[0] : new ConcatExpression(line, values.ToArray()));
    }

    private IfStatement ParseIf(int line)
    {
        var branches = new List<(Expression, Statement[])>();
        do
        {
            var test = _expressions.ParseTuple(allowCondition: false);
            branches.Add((test, ParseBody("elif", "else", "endif")));
        }
        while (_stream.SkipName("elif"));

        Statement[] otherwise = [];
        if (_stream.SkipName("else"))
        {
            otherwise = ParseBody("endif");
        }

        _stream.ExpectName("endif");
        return new IfStatement(line, branches.ToArray(), otherwise);
    }

    private ForStatement ParseFor(int line)
    {
        var before = _targets.LoopAssignments;
        var target = _targets.Parse(allowNamespace: false);
        _stream.ExpectName("in");
        var items = _expressions.ParseTuple(allowCondition: false);
        _bindings.Add(isLoop: true, target, items);
        var test = _stream.SkipName("if") ? _expressions.Parse() : null;
        var recursive = _stream.SkipName("recursive");
        var mentions = _expressions.Mentions["loop"];
        _loops++;
        var body = ParseBody("endfor", "else");
        _loops--;
        var usesLoop = recursive || _expressions.Mentions["loop"] > mentions;
        var otherwise = _stream.SkipName("else") ? ParseBody("endfor") : [];
        _stream.ExpectName("endfor");
        if (_targets.LoopAssignments > before)
        {
            _stream.Postpone("Can't assign to special loop variable in for-loop target", byPython: false);
        }

        return new ForStatement(line, target, items, body)
        {
            Test = test is null ? null : (test, target.Copy()),
            Else = otherwise,
            IsRecursive = recursive,
            UsesLoop = usesLoop,
        };
    }

    private Statement ParseSet(int line)
    {
        var target = _targets.Parse(allowNamespace: true);
        if (_stream.SkipOperator("="))
        {
            var value = _expressions.ParseTuple();
            _bindings.Add(isLoop: false, target, value);
            return new SetStatement(line, target, value);
        }

        var text = _expressions.ParseFilters(new CapturedTextExpression(line));
        return new SetBlockStatement(line, target, text, ParseWholeBody("endset"));
    }

    private MacroStatement ParseMacro(int line)
    {
        var name = _targets.ParseName();
        return new MacroStatement(line, ParseDefinition(name, "endmacro", ParseSignature()));
    }

    private CallBlockStatement ParseCall(int line)
    {
        var signature = _stream.Current.IsOperator("(") ? ParseSignature() : ([], []);
        if (_expressions.Parse() is not CallExpression call)
        {
            throw new TemplateSyntaxException("expected call", line);
        }

        if (call.NamesArgument("caller"))
        {
            _stream.Postpone("keyword argument repeated: caller");
        }

        return new CallBlockStatement(line, call, ParseDefinition(null, "endcall", signature));
    }

    private MacroDefinition ParseDefinition(string? name, string end, (List<string> Parameters, List<Expression> Defaults) signature)
    {
        var before = SpecialMentions();
        var loops = _loops;
        _loops = 0;
        var body = ParseWholeBody(end);
        _loops = loops;
        return new MacroDefinition(name, signature.Parameters.ToArray(), signature.Defaults.ToArray(), body)
        {
            UsesSpecial = SpecialMentions().Zip(before, (after, start) => after > start).ToArray(),
        };
    }

    private int[] SpecialMentions() =>
        [_expressions.Mentions["caller"], _expressions.Mentions["kwargs"], _expressions.Mentions["varargs"]];

    private (List<string> Parameters, List<Expression> Defaults) ParseSignature()
    {
        var parameters = new List<string>();
        var defaults = new List<Expression>();
        _stream.ExpectOperator("(");
        while (!_stream.SkipOperator(")"))
        {
            if (parameters.Count > 0)
            {
                _stream.ExpectOperator(",");
            }

            var name = _targets.ParseName();
            if (parameters.Contains(name))
            {
                _stream.Postpone($"duplicate argument '{name}' in function definition");
            }

            parameters.Add(name);
            if (_stream.SkipOperator("="))
            {
                defaults.Add(_expressions.Parse());
            }
            else if (defaults.Count > 0)
            {
                throw _stream.Error("non-default argument follows default argument");
            }
        }

        return (parameters, defaults);
    }

    private FilterBlockStatement ParseFilterBlock(int line)
    {
        var text = _expressions.ParseFilters(_expressions.ParseFilter(new CapturedTextExpression(line)));
        return new FilterBlockStatement(line, text, ParseWholeBody("endfilter"));
    }

    private ScopeStatement ParseWith(int line)
    {
        var variables = new List<(AssignTarget, Expression)>();
        while (_stream.Current.Kind != TokenKind.BlockEnd)
        {
            if (variables.Count > 0)
            {
                _stream.ExpectOperator(",");
            }

            var target = _targets.Parse(allowNamespace: false);
            _stream.ExpectOperator("=");
            variables.Add((target, _expressions.Parse()));
        }

        return new ScopeStatement(line, variables.ToArray(), ParseWholeBody("endwith"));
    }

    private BlockStatement ParseBlock(int line)
    {
        HasBlocks = true;
        var name = _stream.Expect(TokenKind.Name).Text;
        if (!_blocks.Add(name))
        {
            _stream.Postpone($"block '{name}' defined twice", byPython: false);
        }

        _stream.SkipName("scoped");
        _stream.SkipName("required");
        var body = ParseWholeBody("endblock");
        _stream.SkipName(name);
        return new BlockStatement(line, body);
    }

    private FlowStatement ParseFlow(Token token, Flow flow)
    {
        if (_loops == 0)
        {
            _stream.Postpone($"'{token.Text}' outside loop");
        }

        return new FlowStatement(token.Line, flow);
    }

    private LoaderStatement ParseLoader(int line)
    {
        _expressions.Parse();
        while (_stream.Current.Kind is not (TokenKind.BlockEnd or TokenKind.End))
        {
            _stream.Take();
        }

        return new LoaderStatement(line);
    }
}
