namespace Grpc.Core;

/// <summary>The client's end of a request stream.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no more requests follow. Call it once, after the last write has completed.</summary>
    /// <returns>Completes when the end of the stream has been accepted for sending.</returns>
    Task CompleteAsync();
}
