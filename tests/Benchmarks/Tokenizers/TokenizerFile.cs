using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>A tokenizer.json to measure, unpacked where the original can read it.</summary>
internal sealed record TokenizerFile(string Name, string Path)
{
    /// <summary>The families that are measured, where they are found.</summary>
    private static readonly string[] Families =
    [
        "qwen3", "llama-3.2-instruct", "gpt-oss", "llama-2", "mistral-7b-instruct-v0.3", "layout-gemma", "t5-small", "unigram-bytefallback-71k", "bert-base-uncased",
    ];

    public Atropos.Tokenizers.Tokenizer Load() => Atropos.Tokenizers.Tokenizer.FromJson(File.ReadAllBytes(Path));

    /// <summary>The files under a folder, one folder a family, packed (.gz) or not.</summary>
    /// <param name="folder">The folder; null takes shared/conformance/tokenizers beside the repository.</param>
    /// <param name="scratch">Where packed ones are unpacked.</param>
    public static List<TokenizerFile> Find(string? folder, string scratch)
    {
        folder ??= Repository.SharedPath("conformance", "tokenizers");
        var found = new List<TokenizerFile>();
        foreach (var family in Families)
        {
            using var source = ConformanceFiles.OpenTokenizer(System.IO.Path.Combine(folder, family));
            if (source is FileStream file)
            {
                found.Add(new TokenizerFile(family, file.Name));
            }
            else if (source is not null)
            {
                var unpacked = System.IO.Path.Combine(scratch, family + ".json");
                using var target = File.Create(unpacked);
                source.CopyTo(target);
                found.Add(new TokenizerFile(family, unpacked));
            }
        }

        return found;
    }
}
