using Atropos.Jinja.Nodes;

namespace Atropos.Jinja.Syntax;

/// <summary>Parses what values are assigned to.</summary>
internal sealed class TargetParser(TokenStream stream)
{
    private static readonly string[] Reserved = ["true", "false", "none", "True", "False", "None"];

    /// <summary>One target or several with commas between.</summary>
    public AssignTarget Parse(bool allowNamespace)
    {
        var targets = new List<AssignTarget>();
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

        return targets.Count == 0 ? throw stream.Error($"Expected an expression, got '{stream.Current.Describe()}'")
            : isTuple ? new TupleTarget(targets.ToArray())
            : targets[0];
    }

    public string ParseName()
    {
        var token = stream.Expect(TokenKind.Name);
        return Reserved.Contains(token.Text)
            ? throw new TemplateSyntaxException($"can't assign to '{token.Text}'", token.Line)
            : token.Text;
    }

    private bool IsEnd() =>
        stream.Current.Kind is TokenKind.BlockEnd or TokenKind.VariableEnd
        || stream.Current.IsOperator(")") || stream.Current.IsOperator("=") || stream.Current.IsName("in");

    private AssignTarget ParseOne(bool allowNamespace)
    {
        if (stream.SkipOperator("("))
        {
            var inner = Parse(allowNamespace);
            stream.ExpectOperator(")");
            return inner;
        }

        if (stream.Current.Kind != TokenKind.Name)
        {
            throw stream.Error($"can't assign to '{stream.Current.Describe()}'");
        }

        var name = ParseName();
        return allowNamespace && stream.SkipOperator(".")
            ? new NamespaceTarget(name, stream.Expect(TokenKind.Name).Text)
            : new NameTarget(name);
    }
}
