namespace Atropos.Jinja.Binding;

/// <summary>One slot's value on entry to a scope: copied from a variable, looked up by name, or (neither given) none.</summary>
internal readonly record struct SlotLoad(int Slot, VariableRef? Source, string? Name);
