using Grpc.Core;
using Grpc.Health.V1;

namespace Atropos.Hosting.Health;

/// <summary>The standard health service over a <see cref="HealthRegistry"/>.</summary>
/// <param name="registry">The statuses.</param>
public sealed class HealthService(HealthRegistry registry) : Grpc.Health.V1.Health.HealthBase
{
    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = registry.Get(request.Service)
            ?? throw new RpcException(new Status(StatusCode.NotFound, $"The service \"{request.Service}\" is not known to this server."));
        return Task.FromResult(new HealthCheckResponse { Status = status });
    }

    /// <inheritdoc/>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        using var watcher = registry.Watch(request.Service);
        HealthCheckResponse.Types.ServingStatus? last = null;
        await foreach (var status in watcher.Statuses.ReadAllAsync(context.CancellationToken))
        {
            if (status != last)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
                last = status;
            }
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The server is shutting down."));
    }
}
