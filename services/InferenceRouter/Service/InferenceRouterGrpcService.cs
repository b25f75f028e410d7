using Atropos.InferenceRouter.Balancing;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Errors;
using Atropos.InferenceRouter.Generation;
using Atropos.Router.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Service;

/// <summary>The router as a gRPC service; also to be called in process.</summary>
public sealed class InferenceRouterGrpcService : InferenceRouterService.InferenceRouterServiceBase
{
    private readonly GenerationRunner _runner;
    private readonly EngineTable _table;
    private readonly EngineBalancer _balancer;
    private readonly ILogger<InferenceRouterGrpcService> _logger;

    internal InferenceRouterGrpcService(
        GenerationRunner runner, EngineTable table, EngineBalancer balancer, ILogger<InferenceRouterGrpcService> logger)
    {
        _runner = runner;
        _table = table;
        _balancer = balancer;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override Task Generate(GenerateRequest request, IServerStreamWriter<GenerateResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        return _runner.RunAsync(
            request, response => new ValueTask(responseStream.WriteAsync(response, context.CancellationToken)), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task Exchange(
        IAsyncStreamReader<ExchangeRequest> requestStream, IServerStreamWriter<ExchangeResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(requestStream);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        return new ExchangeSession(_runner, responseStream, _logger).RunAsync(requestStream, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<AssignEngineResponse> AssignEngine(AssignEngineRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        Engine engine;
        string name;
        if (request.BaseUrl.Length > 0)
        {
            engine = _table.At(request.BaseUrl);
            name = request.Model.Length > 0 ? _table.Model(request.Model).Name : engine.Model.Models[0];
            if (!engine.Serves(name))
            {
                throw new GenerationException(
                    StatusCode.NotFound,
                    Reasons.ModelNotFound,
                    $"the engine at '{request.BaseUrl}' does not serve '{name}'; it serves: {string.Join(", ", engine.Model.Models)}",
                    field: "model");
            }
        }
        else
        {
            name = _table.Model(request.Model).Name;
            engine = _balancer.Choose(name);
        }

        return Task.FromResult(new AssignEngineResponse
        {
            Engine = engine.ToInfo(),
            Model = name,
            Tokenizer = EngineTable.TokenizerOf(_table.Model(name)),
        });
    }

    /// <inheritdoc/>
    public override Task<ListEnginesResponse> ListEngines(ListEnginesRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        var list = new ListEnginesResponse();
        var wanted = _table.Engines.Where(engine => request.Model.Length == 0 || engine.Serves(request.Model));
        list.Engines.AddRange(wanted.Select(engine => engine.ToInfo()));
        return Task.FromResult(list);
    }

    /// <inheritdoc/>
    public override Task<ListServedModelsResponse> ListServedModels(ListServedModelsRequest request, ServerCallContext context) =>
        Task.FromResult(_table.ListModels());
}
