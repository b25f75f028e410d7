using Atropos.Jinja.Nodes;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Syntax;

/// <summary>Parses what values are assigned to.</summary>
internal sealed class TargetParser(TokenStream stream, ExpressionParser expressions)
{
    private static readonly string[] Reserved = ["true", "false", "none", "True", "False", "None"];

    /// <summary>How often <c>loop</c> was assigned so far, which no loop's body may do.</summary>
    public int LoopAssignments { get; private set; }

    /// <summary>One target or several with commas between.</summary>
    /// <param name="allowNamespace">Whether an attribute of a namespace may be among them.</param>
    public AssignTarget Parse(bool allowNamespace)
    {
        // What cannot be assigned to is refused when all of it is read.
        var targets = new List<Func<AssignTarget>>();
        var isTuple = false;
        while (!IsEnd())
        {
            targets.Add(ParseOne(allowNamespace));
            if (!stream.SkipOperator(","))
            {
                break;
            }

            isTuple = true;
        }

        return isTuple ? new TupleTarget([.. targets.Select(target => target())])
            : targets.Count > 0 ? targets[0]()
            : throw stream.Error($"Expected an expression, got {PyRepr.Repr(stream.Current.Describe())}");
    }

    public string ParseName()
    {
        var token = stream.Expect(TokenKind.Name);
        return Reserved.Contains(token.Text) ? throw Refused("name", token.Line) : token.Text;
    }

    private static TemplateSyntaxException Refused(string what, int line) => new($"can't assign to '{what}'", line);

    private bool IsEnd() =>
        stream.Current.Kind is TokenKind.BlockEnd or TokenKind.VariableEnd
        || stream.Current.IsOperator(")");

    private Func<AssignTarget> ParseOne(bool allowNamespace)
    {
        var token = stream.Current;
        if (allowNamespace && token.Kind == TokenKind.Name && !Reserved.Contains(token.Text) && stream.Next.IsOperator("."))
        {
            stream.Take();
            stream.Take();
            var target = new NamespaceTarget(token.Text, stream.Expect(TokenKind.Name).Text);
            return () => target;
        }

        var expression = expressions.ParsePrimary();
        return () => FromExpression(expression);
    }

    private AssignTarget FromExpression(Expression expression)
    {
        switch (expression)
        {
            case NameExpression name:
                if (expressions.Mentions.TryGetValue(name.Name, out var count))
                {
                    expressions.Mentions[name.Name] = count - 1;
                }

                LoopAssignments += name.Name == "loop" ? 1 : 0;
                return new NameTarget(name.Name);
            case SequenceExpression { IsTuple: true } tuple:
                return new TupleTarget(Array.ConvertAll(tuple.Items, FromExpression));
            default:
                throw Refused(
                    expression switch
                    {
                        ConstantExpression => "const",
                        SequenceExpression => "list",
                        DictExpression => "dict",
                        _ => "expression",
                    },
                    expression.Line);
        }
    }
}
