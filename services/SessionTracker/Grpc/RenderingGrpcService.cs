using Atropos.Sessions.V1;
using Atropos.SessionTracker.Tokenization;
using Grpc.Core;

namespace Atropos.SessionTracker.Grpc;

/// <summary>Chat templates over gRPC. One instance serves every call.</summary>
public sealed class RenderingGrpcService : RenderingService.RenderingServiceBase
{
    private readonly ChatRendering _rendering;

    internal RenderingGrpcService(ChatRendering rendering) => _rendering = rendering;

    /// <inheritdoc/>
    public override Task<RenderResponse> Render(RenderRequest request, ServerCallContext context) =>
        _rendering.RenderAsync(request, context.CancellationToken);
}
