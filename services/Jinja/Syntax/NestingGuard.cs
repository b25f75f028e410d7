namespace Atropos.Jinja.Syntax;

/// <summary>Keeps the parser's own recursion far from the end of the stack, whatever the source nests.</summary>
internal sealed class NestingGuard
{
    private const int MaxNesting = 200;

    private int _depth;

    public void Enter(Token at)
    {
        if (++_depth > MaxNesting)
        {
            throw new TemplateSyntaxException($"The template is nested more than {MaxNesting} levels deep.", at.Line);
        }
    }

    public void Leave() => _depth--;
}
