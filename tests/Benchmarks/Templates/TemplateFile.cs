using Atropos.TestSupport;

namespace Atropos.Benchmarks.Templates;

/// <summary>A template to measure.</summary>
internal sealed record TemplateFile(string Name, string Source)
{
    private static readonly string[] WellKnown =
    [
        "Qwen-Qwen2.5-7B-Instruct", "Qwen-Qwen3-0.6B", "Qwen3-Coder", "meta-llama-Llama-3.1-8B-Instruct", "deepseek-ai-DeepSeek-V3.1",
        "GLM-4.6", "Mistral-Small-3.2-24B-Instruct-2506", "mistralai-Mistral-Nemo-Instruct-2407", "moonshotai-Kimi-K2", "Kimi-K2-Thinking",
        "openai-gpt-oss-120b", "NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use", "MiniMax-M2", "trl-gemma3", "google-gemma-4-31B-it-interleaved",
        "HuggingFaceTB-SmolLM3-3B", "ByteDance-Seed-OSS", "microsoft-Phi-3.5-mini-instruct",
    ];

    /// <summary>Our own template, and those of <paramref name="folder"/> (the reference material's unless given) that are named or well known.</summary>
    public static List<TemplateFile> Find(string? folder, string[] only)
    {
        var own = Path.Combine(Repository.Root, "tests", "Benchmarks", "Templates", "chatml-tools.jinja");
        var paths = new List<string> { own };
        folder ??= Repository.SharedPath("conformance", "templates");
        paths.AddRange((only.Length > 0 ? only : WellKnown).Select(name => Path.Combine(folder, name + ".jinja")).Where(File.Exists));
        return [.. paths.Select(path => new TemplateFile(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];
    }
}
