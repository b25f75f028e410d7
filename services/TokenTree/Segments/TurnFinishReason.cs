namespace Atropos.TokenTree.Segments;

/// <summary>Why a completion ended.</summary>
public enum TurnFinishReason
{
    /// <summary>The engine did not say.</summary>
    Unspecified,

    /// <summary>The model's end token, a stop token or a stop string.</summary>
    Stop,

    /// <summary>The most tokens were sampled, or the context is full.</summary>
    Length,

    /// <summary>The engine gave up; what was sampled is valid as far as it goes. Clients are told <see cref="Length"/>.</summary>
    Abort,

    /// <summary>The model called tools. Never an engine's word.</summary>
    ToolCalls,
}
