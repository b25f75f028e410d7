namespace Atropos.InferenceRouter.Configuration;

/// <summary>What the configuration says of a model.</summary>
public sealed class ServedModelOptions
{
    /// <summary>Its name, as clients name it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The tokenizer that its prompts are encoded with; empty takes <see cref="Name"/>.</summary>
    public string Tokenizer { get; set; } = "";

    /// <summary>Most tokens of prompt and completion together; 0 asks the engine.</summary>
    public int MaxModelLen { get; set; }

    /// <summary>The tool-call parser that suits it; empty leaves that open.</summary>
    public string ToolParser { get; set; } = "";

    /// <summary>The reasoning parser that suits it; empty leaves that open.</summary>
    public string ReasoningParser { get; set; } = "";
}
