namespace Grpc.Core;

/// <summary>Says how an implementation of the marked service base class is bound to a server.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class BindServiceMethodAttribute : Attribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="bindType">The type that has the bind method.</param>
    /// <param name="bindMethodName">
    /// Name of a static method that takes a <see cref="ServiceBinderBase"/> and an instance of the marked type.
    /// </param>
    public BindServiceMethodAttribute(Type bindType, string bindMethodName)
    {
        BindType = bindType;
        BindMethodName = bindMethodName;
    }

    /// <summary>The type that has the bind method.</summary>
    public Type BindType { get; }

    /// <summary>Name of the bind method.</summary>
    public string BindMethodName { get; }
}
