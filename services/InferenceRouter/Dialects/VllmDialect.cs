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
        await foreach (var happened in _http.StreamAsync(call, "v1/completions", body, VllmRequest.Streams(call), reader, cancellationToken))
        {
            yield return happened;
        }
    }

    public async Task<EngineFacts> LearnAsync(EngineModel engine, HttpClient http, CancellationToken cancellationToken)
    {
        // Newer versions only, and only in development mode; elsewhere the answer is 404.
        var version = await EngineQuery.TextAsync(http, engine, "weight_info", "weight_version", cancellationToken);
        return new EngineFacts(version, await EngineQuery.MaxModelLenAsync(http, engine, cancellationToken));
    }
}
