namespace Atropos.InferenceRouter.Dialects;

/// <summary>Which values a log-probability can have.</summary>
internal static class ExactValues
{
    /// <summary>What vLLM writes for minus infinity or nothing; all that is not above it is no value.</summary>
    public const float Floor = -9999f;

    /// <summary>What rounding may leave above zero.</summary>
    public const float Ceiling = 1e-4f;
}
