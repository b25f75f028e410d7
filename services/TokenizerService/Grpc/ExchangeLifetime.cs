namespace Atropos.TokenizerService.Grpc;

/// <summary>What tells streams that they are to end.</summary>
/// <param name="Grace">How long streams with open output streams may go on when the host stops.</param>
/// <param name="TimeProvider">Clock of that time.</param>
/// <param name="Stopping">Cancelled when the host stops.</param>
internal sealed record ExchangeLifetime(TimeSpan Grace, TimeProvider TimeProvider, CancellationToken Stopping);
