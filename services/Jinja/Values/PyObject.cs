using Atropos.Jinja.Runtime;

namespace Atropos.Jinja;

/// <summary>A value that only the engine makes: loops, macros, namespaces, generators and the like.</summary>
internal abstract class PyObject
{
    /// <summary>Where Python would say that an object lies; no two of its runs agree, but all have as many digits.</summary>
    public const string Address = "0x7f0000000000";

    /// <summary>Python's name of the type, as error messages give it.</summary>
    public abstract string TypeName { get; }

    /// <summary>What printing the value gives.</summary>
    public virtual string Text => $"<{TypeName} object at {Address}>";

    public virtual bool IsTrue => true;

    /// <summary>The attribute <paramref name="name"/>, or false where there is none.</summary>
    public virtual bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>The items in order, or null where the value is not iterable.</summary>
    public virtual IEnumerable<object?>? Iterate() => null;

    /// <summary>The number of items, or null where the value has no length.</summary>
    public virtual long? Length => null;

    public virtual bool IsCallable => false;

    public virtual object? Call(RenderContext context, CallArgs args) =>
        throw Errors.PyError.Type($"'{TypeName}' object is not callable");
}
