namespace Atropos.ReferenceEngine;

/// <summary>The HTTP dialects that the engine speaks.</summary>
[Flags]
public enum EngineDialects
{
    /// <summary>No routes.</summary>
    None = 0,

    /// <summary>The routes of vLLM.</summary>
    Vllm = 1,

    /// <summary>The routes of SGLang. Routes that both have answer as vLLM where both are mapped.</summary>
    Sglang = 2,
}
