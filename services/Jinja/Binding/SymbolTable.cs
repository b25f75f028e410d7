namespace Atropos.Jinja.Binding;

/// <summary>The names of one scope: which are read, which are assigned, and where each one's first value comes from. The rules
/// are Jinja2's own (its compiler turns names into Python variables by them), so a template sees the same value here as there.</summary>
internal sealed class SymbolTable
{
    private readonly SymbolTable? _original;
    private readonly Dictionary<string, SymbolOrigin> _origins;
    private readonly HashSet<string> _stores;
    private readonly Dictionary<string, VariableRef> _variables = [];

    public SymbolTable(SymbolTable? parent, FunctionScope function, bool isDynamic = false)
    {
        Parent = parent;
        Function = function;
        IsDynamic = isDynamic;
        _origins = [];
        _stores = [];
    }

    private SymbolTable(SymbolTable original)
    {
        Parent = original.Parent;
        Function = original.Function;
        _original = original;
        _origins = [];
        _stores = [];
    }

    public SymbolTable? Parent { get; }

    public FunctionScope Function { get; }

    /// <summary>Whether outside names are looked up anew on each entry (as in a block), not once for the rendering.</summary>
    public bool IsDynamic { get; }

    /// <summary>A name is read.</summary>
    public void Load(string name)
    {
        if (!IsKnown(name))
        {
            _origins[name] = SymbolOrigin.Resolve;
        }
    }

    /// <summary>A name is assigned.</summary>
    public void Store(string name)
    {
        _stores.Add(name);
        if (!IsOwn(name))
        {
            _origins[name] = Parent is not null && Parent.IsKnown(name) ? SymbolOrigin.Outer : SymbolOrigin.Unset;
        }
    }

    /// <summary>A name is given its value by whoever enters the scope.</summary>
    public void Parameter(string name)
    {
        _stores.Add(name);
        _origins[name] = SymbolOrigin.Parameter;
    }

    /// <summary>A table on top of this one, in which one branch of an <c>if</c> is analysed.</summary>
    public SymbolTable Branch() => new(this);

    /// <summary>Takes over what the branches did. A name assigned in some of them keeps its outer value in the others.</summary>
    public void Merge(SymbolTable[] branches)
    {
        var stores = branches.SelectMany(branch => branch._stores).Where(name => !IsStored(name)).ToHashSet();

        foreach (var branch in branches)
        {
            foreach (var (name, origin) in branch._origins)
            {
                _origins[name] = origin;
            }

            _stores.UnionWith(branch._stores);
        }

        foreach (var name in stores)
        {
            _origins[name] = Parent is not null && Parent.IsKnown(name) ? SymbolOrigin.Outer : SymbolOrigin.Resolve;
        }
    }

    /// <summary>Gives every name its slot. To be called once, when the scope's analysis is complete.</summary>
    /// <returns>What to run on each entry to the scope.</returns>
    public ScopeEntry Seal(GlobalNames globals)
    {
        var loads = new List<SlotLoad>();
        foreach (var (name, origin) in _origins)
        {
            if (origin == SymbolOrigin.Resolve && !IsDynamic && !_stores.Contains(name))
            {
                _variables[name] = new VariableRef(VariableRef.Global, globals.Index(name));
                continue;
            }

            var slot = Function.Allocate();
            _variables[name] = new VariableRef(0, slot);
            if (origin == SymbolOrigin.Outer)
            {
                loads.Add(new SlotLoad(slot, Parent!.Find(name, Function), null));
            }
            else if (origin == SymbolOrigin.Unset)
            {
                loads.Add(new SlotLoad(slot, null, null));
            }
            else if (origin == SymbolOrigin.Resolve)
            {
                loads.Add(IsDynamic
                    ? new SlotLoad(slot, null, name)
                    : new SlotLoad(slot, new VariableRef(VariableRef.Global, globals.Index(name)), null));
            }
        }

        return new ScopeEntry(loads.ToArray());
    }

    /// <summary>Where code in <paramref name="from"/> finds the variable.</summary>
    public VariableRef Find(string name, FunctionScope from)
    {
        for (var table = this; table is not null; table = table.Parent)
        {
            if (table._variables.TryGetValue(name, out var variable))
            {
                return variable.Hops == VariableRef.Global ? variable : variable with { Hops = from.Depth - table.Function.Depth };
            }
        }

        throw new InvalidOperationException($"The name '{name}' was not analysed.");
    }

    private bool IsKnown(string name)
    {
        for (var table = this; table is not null; table = table.Parent)
        {
            if (table.IsOwn(name))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOwn(string name)
    {
        for (var table = this; table is not null; table = table._original)
        {
            if (table._origins.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsStored(string name)
    {
        for (var table = this; table is not null; table = table._original)
        {
            if (table._stores.Contains(name))
            {
                return true;
            }
        }

        return false;
    }
}
