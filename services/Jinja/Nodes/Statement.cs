using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>A part of a template that writes text or changes variables.</summary>
/// <param name="line">The line of the source that it starts on.</param>
/// <param name="expressions">What it evaluates each time it runs.</param>
internal abstract class Statement(int line, params ReadOnlySpan<Expression> expressions)
{
    private readonly int _weight = 1 + Weigh(expressions);

    public int Line { get; } = line;

    public abstract Flow Execute(RenderContext context, Frame frame);

    /// <summary>Tells <paramref name="symbols"/> which names of the scope around it the statement reads and assigns.</summary>
    public virtual void Declare(SymbolTable symbols)
    {
    }

    public virtual void Bind(Binder binder)
    {
    }

    /// <summary>Runs <paramref name="body"/> up to a <c>break</c> or <c>continue</c>.</summary>
    public static Flow ExecuteAll(Statement[] body, RenderContext context, Frame frame)
    {
        foreach (var statement in body)
        {
            context.Line = statement.Line;
            context.Charge(statement._weight);
            var flow = statement.Execute(context, frame);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    protected static int Weigh(ReadOnlySpan<Expression> expressions)
    {
        var weight = 0;
        foreach (var expression in expressions)
        {
            weight += expression.Weight;
        }

        return weight;
    }

    public static void DeclareAll(ReadOnlySpan<Statement> body, SymbolTable symbols)
    {
        foreach (var statement in body)
        {
            statement.Declare(symbols);
        }
    }
}
