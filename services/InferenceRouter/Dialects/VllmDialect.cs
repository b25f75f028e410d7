using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Streaming;
using Atropos.Router.V1;
using Microsoft.Extensions.Logging;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>vLLM's OpenAI routes, with token ids as prompt and in the answer.</summary>
internal sealed class VllmDialect : IEngineDialect
{
    public const string DialectName = "vllm";
    private static readonly TimeSpan VersionPatience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<EngineModel, bool> _tellsVersion = new();
    private readonly EngineHttp _http;
    private readonly ILogger<VllmDialect> _logger;

    public VllmDialect(EngineHttp http, ILogger<VllmDialect> logger)
    {
        _http = http;
        _logger = logger;
    }

    public string Name => DialectName;

    public LogprobKind UsualLogprobKind => LogprobKind.Raw;

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(EngineCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = VllmRequest.Write(call);
        var reader = new VllmAnswerReader(call, _logger);
        // Asked beside the generation, since answers do not hold it; engines that lack the route are not asked again.
        var version = _tellsVersion.GetValueOrDefault(call.Engine, true) ? AskVersionAsync(call.Engine, cancellationToken) : null;
        var streams = VllmRequest.Streams(call);
        await foreach (var happened in _http.StreamAsync(call, "v1/completions", body, streams, reader, cancellationToken))
        {
            if (version is not null)
            {
                var known = await version;
                version = null;
                if (known is not null)
                {
                    yield return new EngineEvent { WeightVersion = known };
                }
            }

            yield return happened;
        }
    }

    public async Task<EngineFacts> LearnAsync(EngineModel engine, HttpClient http, CancellationToken cancellationToken)
    {
        // Newer versions only, and only in development mode; elsewhere the answer is 404.
        var version = await EngineQuery.TextAsync(http, engine, "weight_info", "weight_version", cancellationToken);
        _tellsVersion[engine] = version is not null;
        return new EngineFacts(version, await EngineQuery.MaxModelLenAsync(http, engine, cancellationToken));
    }

    // Null where the engine does not tell; never an error, for the generation itself shows whether the engine is well.
    private async Task<string?> AskVersionAsync(EngineModel engine, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(VersionPatience);
        try
        {
            var version = await EngineQuery.TextAsync(_http.Client, engine, "weight_info", "weight_version", patience.Token);
            _tellsVersion[engine] = version is not null;
            return version;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
