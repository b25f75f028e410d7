using Microsoft.Extensions.Hosting;

namespace Atropos.TokenizerService.Registry;

/// <summary>
/// Has the registry look at the files of its tokenizers, every so often. Asked and not told: file systems over a network, and
/// folders that a link is turned to, tell nothing.
/// </summary>
internal sealed class TokenizerFileWatch(TokenizerRegistry registry, TokenizerServiceOptions options, TimeProvider timeProvider) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.FileCheckInterval <= TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.FileCheckInterval, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                registry.CheckFiles();
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
