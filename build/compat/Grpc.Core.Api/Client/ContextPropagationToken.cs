namespace Grpc.Core;

/// <summary>
/// Ties an outgoing call to the one being served. Made by <see cref="ServerCallContext.CreatePropagationToken"/>;
/// not to be derived from outside.
/// </summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
