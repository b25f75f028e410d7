using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.SessionTracker.Clients;

/// <summary>What a multiplexed duplex stream needs to know of its messages.</summary>
/// <param name="Peer">What is at the other end, for error messages.</param>
/// <param name="Open">Opens the stream.</param>
/// <param name="SetCorrelationId">Writes the correlation id into a request.</param>
/// <param name="GetCorrelationId">Reads the correlation id of an answer.</param>
/// <param name="Logger">Told of streams that break.</param>
internal sealed record DuplexProtocol<TRequest, TResponse>(
    string Peer,
    Func<CallOptions, AsyncDuplexStreamingCall<TRequest, TResponse>> Open,
    Action<TRequest, ulong> SetCorrelationId,
    Func<TResponse, ulong> GetCorrelationId,
    ILogger Logger)
    where TRequest : class
    where TResponse : class;
