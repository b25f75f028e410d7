using Atropos.Jinja.Binding;
using Atropos.Jinja.Runtime;

namespace Atropos.Jinja.Nodes;

/// <summary>What a value is assigned to.</summary>
internal abstract class AssignTarget
{
    public abstract void Declare(SymbolTable symbols, bool asParameter);

    public abstract void Bind(Binder binder);

    /// <summary>The same target, not yet bound, for a second scope.</summary>
    public abstract AssignTarget Copy();

    public abstract void Assign(RenderContext context, Frame frame, object? value);
}
