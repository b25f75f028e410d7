using Atropos.InferenceRouter.Engines;
using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>How one kind of engine is spoken to.</summary>
internal interface IEngineDialect
{
    /// <summary>Its name in the configuration.</summary>
    string Name { get; }

    /// <summary>What the engine's log-probabilities are of unless it was told otherwise.</summary>
    LogprobKind UsualLogprobKind { get; }

    /// <summary>Generates. Ending the enumeration early, or cancelling, aborts on the engine.</summary>
    /// <exception cref="Errors.GenerationException">The only failure, beside the caller's own cancellation.</exception>
    IAsyncEnumerable<EngineEvent> GenerateAsync(EngineCall call, CancellationToken cancellationToken);

    /// <summary>Asks the engine what it tells of itself. What it does not tell is left open, never an error.</summary>
    /// <exception cref="HttpRequestException">The engine cannot be reached.</exception>
    Task<EngineFacts> LearnAsync(EngineModel engine, HttpClient http, CancellationToken cancellationToken);
}
