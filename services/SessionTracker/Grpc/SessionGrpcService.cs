using Atropos.Hosting.Errors;
using Atropos.Router.V1;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Clients;
using Atropos.SessionTracker.Sessions;
using Grpc.Core;

namespace Atropos.SessionTracker.Grpc;

/// <summary>Sessions over gRPC. One instance serves every call.</summary>
public sealed class SessionGrpcService : SessionService.SessionServiceBase
{
    private readonly SessionFactory _factory;
    private readonly SessionRegistry _sessions;
    private readonly NodeReader _nodes;
    private readonly RouterClient _router;
    private readonly ModelCatalog _models;

    internal SessionGrpcService(
        SessionFactory factory, SessionRegistry sessions, NodeReader nodes, RouterClient router, ModelCatalog models)
    {
        _factory = factory;
        _sessions = sessions;
        _nodes = nodes;
        _router = router;
        _models = models;
    }

    /// <inheritdoc/>
    public override async Task<CreateSessionResponse> CreateSession(CreateSessionRequest request, ServerCallContext context)
    {
        var session = await _factory.CreateAsync(request, context.CancellationToken);
        await _sessions.CreateAsync(session, context.CancellationToken);
        return new CreateSessionResponse { Session = session };
    }

    /// <inheritdoc/>
    public override async Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context) =>
        new() { Sessions = { await _sessions.ListAsync(context.CancellationToken) } };

    /// <inheritdoc/>
    public override async Task<GetSessionResponse> GetSession(GetSessionRequest request, ServerCallContext context) =>
        new() { Session = await _sessions.DescribeAsync(request.Uuid, context.CancellationToken) };

    /// <inheritdoc/>
    public override async Task<DeleteSessionResponse> DeleteSession(DeleteSessionRequest request, ServerCallContext context)
    {
        await _sessions.DeleteAsync(request.Uuid, context.CancellationToken);
        return new DeleteSessionResponse { Status = "deleted", Uuid = request.Uuid };
    }

    /// <inheritdoc/>
    public override async Task<ListNodesResponse> ListNodes(ListNodesRequest request, ServerCallContext context) =>
        await _nodes.ReadAsync(
            await _sessions.GetAsync(request.Uuid, context.CancellationToken), request.Mode, context.CancellationToken);

    /// <inheritdoc/>
    public override async Task<ListServersResponse> ListServers(ListServersRequest request, ServerCallContext context)
    {
        var response = new ListServersResponse { ModelName = await DefaultModelAsync(context.CancellationToken) };
        foreach (var engine in await _router.ListEnginesAsync(context.CancellationToken))
        {
            response.Servers.Add(Map(engine, response.Servers.Count));
        }

        return response;
    }

    /// <inheritdoc/>
    public override async Task<GetHealthResponse> GetHealth(GetHealthRequest request, ServerCallContext context)
    {
        var sessions = await _sessions.CountAsync(context.CancellationToken);
        try
        {
            var engines = await _router.ListEnginesAsync(context.CancellationToken);
            return new GetHealthResponse
            {
                Status = engines.Any(CanServe) ? "ok" : "degraded",
                Model = await DefaultModelAsync(context.CancellationToken),
                Sessions = sessions,
            };
        }
        catch (Exception e) when (e is RpcException or AtroposException && !context.CancellationToken.IsCancellationRequested)
        {
            // Without the router no turn can be run, but what was recorded can be read.
            return new GetHealthResponse { Status = "degraded", Sessions = sessions };
        }
    }

    private async Task<string> DefaultModelAsync(CancellationToken cancellationToken) =>
        await _models.ListAsync(cancellationToken) is [var first, ..] ? first.Name : "";

    private static Server Map(EngineInfo engine, int index) => new()
    {
        Index = index,
        BaseUrl = engine.BaseUrl,
        ServerType = engine.Dialect,
        Models = { engine.Models },
        Healthy = CanServe(engine),
        RequestsInFlight = engine.RequestsInFlight,
        WeightVersion = engine.WeightVersion,
        LastError = engine.LastError,
    };

    private static bool CanServe(EngineInfo engine) => engine.Health is EngineHealth.Healthy or EngineHealth.Unspecified;
}
