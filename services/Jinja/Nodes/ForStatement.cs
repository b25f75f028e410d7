using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary><c>for</c>, with its filter, <c>else</c> and recursion.</summary>
internal sealed class ForStatement(int line, AssignTarget target, Expression items, Statement[] body) : Statement(line, items)
{
    private SymbolTable? _scope;
    private ScopeEntry? _entry;
    private ScopeEntry? _testEntry;
    private ScopeEntry? _elseEntry;
    private VariableRef _loopVariable;

    /// <summary>The condition after the items, and the target again as its own scope sees it.</summary>
    public (Expression Condition, AssignTarget Target)? Test { get; init; }

    public Statement[] Else { get; init; } = [];

    public bool IsRecursive { get; init; }

    /// <summary>Whether the body mentions <c>loop</c>.</summary>
    public bool UsesLoop { get; init; }

    public override Flow Execute(RenderContext context, Frame frame)
    {
        var flow = Run(context, IsRecursive ? new Frame(_scope!.Function.SlotCount, frame) : frame, items.Evaluate(context, frame), 0);
        return IsRecursive ? Flow.Next : flow;
    }

    public override void Declare(SymbolTable symbols) => items.Declare(symbols);

    public override void Bind(Binder binder)
    {
        binder.Bind(items);
        _scope = IsRecursive ? binder.OpenFunction(DeclareBody) : binder.OpenScope(DeclareBody);
        _entry = _scope.Seal(binder.Globals);
        binder.Within(_scope, () =>
        {
            target.Bind(binder);
            binder.BindAll(body);
            if (UsesLoop)
            {
                _loopVariable = binder.Find("loop");
            }
        });
        BindElse(binder);
        BindTest(binder);
    }

    /// <summary>Runs the loop in <paramref name="frame"/>; also what <c>loop(...)</c> calls.</summary>
    /// <returns>How its <c>else</c> ended, which may leave the loop around.</returns>
    public Flow Run(RenderContext context, Frame frame, object? iterable, int depth)
    {
        var walked = iterable is not Generator generator ? PyIter.Items(context, iterable)
            : depth == 0 && items is FilterExpression { Name: "items" } && generator.TakeAll() is { } all ? all
            : generator.Iterate();
        var values = Test is { } test ? new LoopItems(context, Select(test, context, frame, walked))
            : walked is object?[] array ? new LoopItems(array)
            : new LoopItems(context, walked);
        var loop = UsesLoop ? new LoopValue(values, depth, IsRecursive ? new RecursiveLoop(this, frame.Parent!) : null) : null;

        if (loop is not null)
        {
            _loopVariable.Write(frame, loop);
        }

        // Jinja's own loop runs its else as well where no iteration gets to the end of the body.
        var completed = false;
        for (var i = 0; values.TryGet(i, out var value); i++)
        {
            context.Step();
            target.Assign(context, frame, value);
            if (loop is not null)
            {
                loop.Index = i;
            }

            _entry!.Run(context, frame);
            var flow = ExecuteAll(body, context, frame);
            if (flow == Flow.Break)
            {
                break;
            }

            completed |= flow == Flow.Next;
        }

        return completed ? Flow.Next : ExecuteElse(context, frame);
    }

    public int SlotCount => _scope!.Function.SlotCount;

    private Flow ExecuteElse(RenderContext context, Frame frame)
    {
        _elseEntry?.Run(context, frame);
        return ExecuteAll(Else, context, frame);
    }

    private IEnumerable<object?> Select((Expression Condition, AssignTarget Target) test, RenderContext context, Frame frame, IEnumerable<object?> values)
    {
        _testEntry!.Run(context, frame);
        foreach (var value in values)
        {
            context.Charge(1 + test.Condition.Weight);
            test.Target.Assign(context, frame, value);
            if (test.Condition.Test(context, frame))
            {
                yield return value;
            }
        }
    }

    private void DeclareBody(SymbolTable symbols)
    {
        if (UsesLoop)
        {
            symbols.Parameter("loop");
        }

        target.Declare(symbols, asParameter: true);
        DeclareAll(body, symbols);
    }

    private void BindElse(Binder binder)
    {
        if (Else.Length == 0)
        {
            return;
        }

        SymbolTable? table = null;
        WithinFunction(binder, () => table = binder.OpenScope(symbols => DeclareAll(Else, symbols)));
        _elseEntry = table!.Seal(binder.Globals);
        binder.Within(table, () => binder.BindAll(Else));
    }

    private void BindTest(Binder binder)
    {
        if (Test is not { } test)
        {
            return;
        }

        SymbolTable? table = null;
        WithinFunction(binder, () => table = binder.OpenScope(symbols =>
        {
            test.Target.Declare(symbols, asParameter: true);
            test.Condition.Declare(symbols);
        }));
        _testEntry = table!.Seal(binder.Globals);
        binder.Within(table, () =>
        {
            test.Target.Bind(binder);
            binder.Bind(test.Condition);
        });
    }

    /// <summary>The else and test scopes run in the loop's own frame, which a recursive loop has apart from the code around it.</summary>
    private void WithinFunction(Binder binder, Action open)
    {
        if (IsRecursive)
        {
            var bridge = new SymbolTable(binder.Symbols, _scope!.Function);
            bridge.Seal(binder.Globals);
            binder.Within(bridge, open);
        }
        else
        {
            open();
        }
    }
}
