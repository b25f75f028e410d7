namespace Grpc.Core;

/// <summary>The server's end of a response stream. It ends when the handler's task completes.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
