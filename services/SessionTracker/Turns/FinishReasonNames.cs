using Atropos.TokenTree.Segments;

namespace Atropos.SessionTracker.Turns;

/// <summary>Finish reasons in words.</summary>
internal static class FinishReasonNames
{
    /// <summary>The word for a reason, as clients and trainers know it; empty where the engine did not say.</summary>
    public static string NameOf(TurnFinishReason reason) => reason switch
    {
        TurnFinishReason.Stop => "stop",
        TurnFinishReason.Length => "length",
        TurnFinishReason.Abort => "abort",
        TurnFinishReason.ToolCalls => "tool_calls",
        _ => "",
    };
}
