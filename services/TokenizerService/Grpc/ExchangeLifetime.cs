namespace Atropos.TokenizerService.Grpc;

/// <summary>What tells streams that they are to end.</summary>
/// <param name="Stopping">Cancelled when the host stops.</param>
/// <param name="Grace">How long streams with open output streams may go on then.</param>
/// <param name="TimeProvider">Clock of that time.</param>
internal sealed record ExchangeLifetime(CancellationToken Stopping, TimeSpan Grace, TimeProvider TimeProvider);
