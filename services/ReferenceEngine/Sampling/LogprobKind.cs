namespace Atropos.ReferenceEngine;

/// <summary>Which distribution a reported log-probability is of.</summary>
internal enum LogprobKind
{
    /// <summary>The model's own, before anything the request asks for (vLLM's <c>raw_logprobs</c>).</summary>
    Raw,

    /// <summary>After penalties, bias and temperature, before top-k, top-p and min-p (SGLang).</summary>
    Tempered,
}
