using System.Runtime.CompilerServices;
using Atropos.InferenceRouter.Engines;
using Atropos.InferenceRouter.Streaming;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>SGLang's native <c>/generate</c>.</summary>
internal sealed class SglangDialect : IEngineDialect
{
    public const string DialectName = "sglang";
    private readonly EngineHttp _http;

    public SglangDialect(EngineHttp http)
    {
        _http = http;
    }

    public string Name => DialectName;

    public LogprobKind UsualLogprobKind => LogprobKind.Tempered;

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(EngineCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = SglangRequest.Write(call);
        var reader = new SglangAnswerReader(call);
        await foreach (var happened in _http.StreamAsync(call, "generate", body, true, reader, cancellationToken))
        {
            yield return happened;
        }
    }

    public async Task<EngineFacts> LearnAsync(EngineModel engine, HttpClient http, CancellationToken cancellationToken)
    {
        var version = await EngineQuery.TextAsync(http, engine, "model_info", "weight_version", cancellationToken)
            ?? await EngineQuery.TextAsync(http, engine, "get_model_info", "weight_version", cancellationToken);
        return new EngineFacts(version, await EngineQuery.MaxModelLenAsync(http, engine, cancellationToken));
    }
}
