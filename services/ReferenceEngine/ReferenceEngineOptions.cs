namespace Atropos.ReferenceEngine;

/// <summary>How the reference engine behaves. Bound from configuration by the host; set in code by tests.</summary>
public sealed class ReferenceEngineOptions
{
    /// <summary>
    /// Seeds the requests that bring no seed of their own, in the order in which they arrive. Null: each such request gets a random seed.
    /// </summary>
    public ulong? Seed { get; set; }

    /// <summary>The models served, <c>reference</c> and <c>echo</c> or one of them. The first answers requests that name none.</summary>
    public IList<string> Models { get; set; } = [ReferenceEngineModels.Reference, ReferenceEngineModels.Echo];

    /// <summary>Tokens a second that each sequence is slowed down to. 0: as fast as it goes.</summary>
    public double TokensPerSecond { get; set; }

    /// <summary>The policy version that the engine reports until a client changes it.</summary>
    public string WeightVersion { get; set; } = "default";

    /// <summary>Prompt and completion together may have this many tokens.</summary>
    public int MaxModelLength { get; set; } = 32768;

    /// <summary>The most alternatives a vLLM client may ask for at each position.</summary>
    public int MaxLogprobs { get; set; } = 20;

    /// <summary>Which routes <see cref="ReferenceEngineExtensions.MapReferenceEngine"/> maps.</summary>
    public EngineDialects Dialects { get; set; } = EngineDialects.Vllm | EngineDialects.Sglang;

    /// <summary>
    /// What SGLang's <c>--incremental-streaming-output</c> does: stream events of <c>/generate</c> hold only what is new instead of everything so far.
    /// </summary>
    public bool IncrementalStreaming { get; set; }

    /// <summary>
    /// Called once for each generation request, before the end of its answer is sent, so that a client that saw the end finds the record.
    /// Called from several threads at once; an exception in it fails the request.
    /// </summary>
    public Action<RecordedRequest>? Recorder { get; set; }
}
