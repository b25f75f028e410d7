namespace Grpc.Core;

/// <summary>A method, without the types of its messages.</summary>
public interface IMethod
{
    /// <summary>Its kind.</summary>
    MethodType Type { get; }

    /// <summary>Full name of its service, for example <c>grpc.health.v1.Health</c>.</summary>
    string ServiceName { get; }

    /// <summary>Its name in the service, for example <c>Check</c>.</summary>
    string Name { get; }

    /// <summary>Its path, for example <c>/grpc.health.v1.Health/Check</c>.</summary>
    string FullName { get; }
}
