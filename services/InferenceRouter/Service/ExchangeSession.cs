using System.Threading.Channels;
using Atropos.Hosting.Errors;
using Atropos.InferenceRouter.Generation;
using Atropos.Router.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Service;

/// <summary>One <c>Exchange</c> stream: many generations, told apart by correlation id.</summary>
internal sealed class ExchangeSession
{
    // Enough that one reader's pause does not hold up engines at once; a reader that stays away does hold them up.
    private const int Capacity = 1024;
    private readonly GenerationRunner _runner;
    private readonly IServerStreamWriter<ExchangeResponse> _writer;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, CancellationTokenSource> _running = [];
    private readonly Channel<ExchangeResponse> _outgoing = Channel.CreateBounded<ExchangeResponse>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    public ExchangeSession(GenerationRunner runner, IServerStreamWriter<ExchangeResponse> writer, ILogger logger)
    {
        _runner = runner;
        _writer = writer;
        _logger = logger;
    }

    /// <summary>Serves the stream until the caller has closed it and every generation is over.</summary>
    public async Task RunAsync(IAsyncStreamReader<ExchangeRequest> requests, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(ending, cancellationToken);
        var calls = new List<Task>();
        try
        {
            while (await requests.MoveNext(ending.Token))
            {
                Take(requests.Current, calls, ending.Token);
            }

            await Task.WhenAll(calls);
        }
        catch
        {
            await ending.CancelAsync();
            await Task.WhenAll(calls);
            throw;
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            await writing;
        }
    }

    private void Take(ExchangeRequest request, List<Task> calls, CancellationToken streamEnd)
    {
        var id = request.CorrelationId;
        switch (request.CallCase)
        {
            case ExchangeRequest.CallOneofCase.Generate:
                var cancellation = CancellationTokenSource.CreateLinkedTokenSource(streamEnd);
                lock (_lock)
                {
                    if (!_running.TryAdd(id, cancellation))
                    {
                        cancellation.Dispose();
                        throw new AtroposException(
                            StatusCode.InvalidArgument,
                            "CORRELATION_ID_IN_USE",
                            $"correlation_id: {id} belongs to a generation that is under way; choose one that is free",
                            "correlation_id");
                    }
                }

                calls.RemoveAll(call => call.IsCompleted);
                calls.Add(Task.Run(() => GenerateAsync(id, request.Generate, cancellation), CancellationToken.None));
                break;
            case ExchangeRequest.CallOneofCase.Cancel:
                lock (_lock)
                {
                    // One that is over already needs no cancelling. Not awaited under the lock: what it runs only closes connections.
                    if (_running.TryGetValue(id, out var running))
                    {
                        _ = running.CancelAsync();
                    }
                }

                break;
            default:
                throw new AtroposException(
                    StatusCode.InvalidArgument, "CALL_MISSING", $"call: missing in the message with correlation_id {id}; set generate or cancel", "call");
        }
    }

    private async Task GenerateAsync(ulong id, GenerateRequest request, CancellationTokenSource cancellation)
    {
        var token = cancellation.Token;
        ExchangeResponse last;
        try
        {
            await _runner.RunAsync(
                request, response => _outgoing.Writer.WriteAsync(new ExchangeResponse { CorrelationId = id, Response = response }, token), token);
            last = new ExchangeResponse { Done = new GenerationDone() };
        }
        catch (AtroposException failure)
        {
            last = Failed(failure.StatusCode, failure.Message, failure.Field ?? "", failure.Reason);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException || token.IsCancellationRequested)
        {
            last = Failed(StatusCode.Cancelled, "the generation was cancelled", "", "CANCELLED");
        }
        catch (Exception failure)
        {
            RouterLog.Unexpected(_logger, failure);
            last = Failed(StatusCode.Internal, "the router failed in a way that it should not; its log says how", "", "INTERNAL");
        }

        lock (_lock)
        {
            _running.Remove(id);
        }

        cancellation.Dispose();
        last.CorrelationId = id;
        try
        {
            await _outgoing.Writer.WriteAsync(last);
        }
        catch (ChannelClosedException)
        {
            // The stream is gone, and with it who would read this.
        }
    }

    private static ExchangeResponse Failed(StatusCode code, string message, string field, string reason) => new()
    {
        Error = new GenerationError { Code = (int)code, Message = message, Field = field, Reason = reason },
    };

    private async Task WriteAsync(CancellationTokenSource ending, CancellationToken callerGone)
    {
        try
        {
            await foreach (var response in _outgoing.Reader.ReadAllAsync(CancellationToken.None))
            {
                // Not the end of the session's own work: a write that is cancelled would cancel the call and hide why it ended.
                await _writer.WriteAsync(response, callerGone);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or InvalidOperationException or IOException or RpcException)
        {
            // The caller is gone: nobody is left to answer, so everything under way is aborted.
            await ending.CancelAsync();
            _outgoing.Writer.TryComplete();
            while (_outgoing.Reader.TryRead(out _))
            {
            }
        }
    }
}
