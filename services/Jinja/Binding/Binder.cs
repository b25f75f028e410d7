using Atropos.Jinja.Nodes;

namespace Atropos.Jinja.Binding;

/// <summary>Walks a parsed template once and ties every name to its variable.</summary>
internal sealed class Binder
{
    /// <summary>Rendering recurses as deep as the tree: this bound keeps it far from the end of the stack.</summary>
    private const int MaxNesting = 256;

    private readonly SymbolTable _root;
    private int _nesting;

    public Binder(SymbolTable root, bool hasBlocks)
    {
        _root = root;
        Symbols = root;
        HasBlocks = hasBlocks;
    }

    public SymbolTable Symbols { get; private set; }

    public GlobalNames Globals { get; } = new();

    public bool HasBlocks { get; }

    /// <summary>Whether code here runs only on a condition, where an unknown filter is an error only once it is reached.</summary>
    public bool IsConditional { get; set; }

    /// <summary>Whether assignments here are the template's own variables, which its blocks see.</summary>
    public bool IsTopLevel => Symbols == _root;

    public VariableRef Find(string name) => Symbols.Find(name, Symbols.Function);

    /// <summary>Opens a scope inside the current one, analysed by <paramref name="analyse"/>.</summary>
    public SymbolTable OpenScope(Action<SymbolTable> analyse)
    {
        var table = new SymbolTable(Symbols, Symbols.Function);
        analyse(table);
        return table;
    }

    /// <summary>Opens a scope that runs in a frame of its own.</summary>
    public SymbolTable OpenFunction(Action<SymbolTable> analyse)
    {
        var table = new SymbolTable(Symbols, new FunctionScope(Symbols.Function));
        analyse(table);
        return table;
    }

    /// <summary>Runs <paramref name="bind"/> with <paramref name="table"/> as the current scope.</summary>
    public void Within(SymbolTable table, Action bind)
    {
        var (symbols, conditional) = (Symbols, IsConditional);
        (Symbols, IsConditional) = (table, false);
        bind();
        (Symbols, IsConditional) = (symbols, conditional);
    }

    public void BindAll(ReadOnlySpan<Statement> statements)
    {
        foreach (var statement in statements)
        {
            Enter(statement.Line);
            statement.Bind(this);
            _nesting--;
        }
    }

    public void BindAll(ReadOnlySpan<Expression> expressions)
    {
        foreach (var expression in expressions)
        {
            Bind(expression);
        }
    }

    public void Bind(Expression expression)
    {
        Enter(expression.Line);
        expression.Bind(this);
        _nesting--;
    }

    private void Enter(int line)
    {
        if (++_nesting > MaxNesting)
        {
            throw new TemplateSyntaxException($"The template is nested more than {MaxNesting} levels deep.", line);
        }
    }
}
