using Atropos.Router.V1;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Engines' words for why a completion ended.</summary>
internal static class FinishReasons
{
    /// <summary>The reason; UNSPECIFIED for a word that is not known, which the caller finds beside it.</summary>
    public static FinishReason Parse(string word) => word switch
    {
        "stop" => FinishReason.Stop,
        "length" => FinishReason.Length,
        "abort" => FinishReason.Abort,
        _ => FinishReason.Unspecified,
    };
}
