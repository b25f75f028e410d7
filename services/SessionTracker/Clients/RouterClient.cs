using System.Runtime.CompilerServices;
using Atropos.Router.V1;
using Atropos.SessionTracker.Errors;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.SessionTracker.Clients;

/// <summary>Calls the inference router. Safe for concurrent use.</summary>
internal sealed class RouterClient : IAsyncDisposable
{
    private readonly InferenceRouterService.InferenceRouterServiceClient _client;
    private readonly ReconnectingStream<ExchangeRequest, ExchangeResponse> _stream;
    private readonly RouterTransport _transport;

    /// <summary>Uses the router that the invoker reaches. Nothing is sent before the first call.</summary>
    public RouterClient(CallInvoker invoker, RouterTransport transport, ILogger logger)
    {
        _client = new InferenceRouterService.InferenceRouterServiceClient(invoker);
        _transport = transport;
        _stream = new ReconnectingStream<ExchangeRequest, ExchangeResponse>(new(
            "inference router",
            options => _client.Exchange(options),
            static (request, id) => request.CorrelationId = id,
            static response => response.CorrelationId,
            logger));
    }

    /// <summary>Generates. Leaving the enumeration before its end, or cancelling it, aborts generation on the engine.</summary>
    public IAsyncEnumerable<GenerateResponse> GenerateAsync(GenerateRequest request, CancellationToken cancellationToken) =>
        _transport == RouterTransport.Calls ? CallAsync(request, cancellationToken) : ExchangeAsync(request, cancellationToken);

    /// <summary>Chooses an engine for a session to stay with.</summary>
    public async Task<AssignEngineResponse> AssignEngineAsync(AssignEngineRequest request, CancellationToken cancellationToken) =>
        await _client.AssignEngineAsync(request, cancellationToken: cancellationToken);

    /// <summary>Lists the engines, in the order of the configuration.</summary>
    public async Task<IReadOnlyList<EngineInfo>> ListEnginesAsync(CancellationToken cancellationToken) =>
        (await _client.ListEnginesAsync(new ListEnginesRequest(), cancellationToken: cancellationToken)).Engines;

    /// <summary>Lists the models, the default one first.</summary>
    public async Task<IReadOnlyList<ServedModel>> ListServedModelsAsync(CancellationToken cancellationToken) =>
        (await _client.ListServedModelsAsync(new ListServedModelsRequest(), cancellationToken: cancellationToken)).Models;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async IAsyncEnumerable<GenerateResponse> CallAsync(
        GenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _client.Generate(request, cancellationToken: cancellationToken);
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            yield return call.ResponseStream.Current;
        }
    }

    private async IAsyncEnumerable<GenerateResponse> ExchangeAsync(
        GenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = _stream.Connect();
        var sink = new GenerationSink();
        var id = connection.Register(sink);
        var over = false;
        try
        {
            connection.Send(id, new ExchangeRequest { Generate = request });
            await foreach (var message in sink.ReadAsync(cancellationToken))
            {
                switch (message.EventCase)
                {
                    case ExchangeResponse.EventOneofCase.Response:
                        yield return message.Response;
                        break;
                    case ExchangeResponse.EventOneofCase.Error:
                        over = true;
                        var error = message.Error;
                        throw TrackerErrors.FromPeer(error.Code, error.Message, error.Field, error.Reason);
                    case ExchangeResponse.EventOneofCase.Done:
                        over = true;
                        yield break;
                    default:
                        break;
                }
            }
        }
        finally
        {
            connection.Unregister(id);
            if (!over)
            {
                connection.Send(id, new ExchangeRequest { Cancel = new CancelGeneration() });
            }
        }
    }
}
