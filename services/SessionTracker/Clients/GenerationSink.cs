using System.Threading.Channels;
using Atropos.Router.V1;

namespace Atropos.SessionTracker.Clients;

/// <summary>Queues the events of one generation until they are read.</summary>
internal sealed class GenerationSink : IResponseSink<ExchangeResponse>
{
    private readonly Channel<ExchangeResponse> _events =
        Channel.CreateUnbounded<ExchangeResponse>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });

    /// <summary>Reads the events; throws what broke the stream.</summary>
    public IAsyncEnumerable<ExchangeResponse> ReadAsync(CancellationToken cancellationToken) =>
        _events.Reader.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public void OnResponse(ExchangeResponse response) => _events.Writer.TryWrite(response);

    /// <inheritdoc/>
    public void OnBroken(Exception reason) => _events.Writer.TryComplete(reason);
}
