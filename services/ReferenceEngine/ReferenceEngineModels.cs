namespace Atropos.ReferenceEngine;

/// <summary>The names of the models that the engine can serve.</summary>
public static class ReferenceEngineModels
{
    /// <summary>The n-gram language model.</summary>
    public const string Reference = "reference";

    /// <summary>The model that answers what the last user message asks for.</summary>
    public const string Echo = "echo";
}
