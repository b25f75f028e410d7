using Atropos.TestSupport;

namespace Atropos.TokenizerFuzz.Tests.Subjects;

/// <summary>Real and synthetic tokenizer.json files beside the repository, where there are any.</summary>
internal static class SharedFamilies
{
    /// <summary>Each family with its file; skips the test, saying why, where there is no data.</summary>
    public static (string Name, byte[] Json)[] All() =>
    [
        .. from folder in Directory.GetDirectories(ConformanceFiles.RequiredFolder("tokenizers")).Order(StringComparer.Ordinal)
           let json = ConformanceFiles.Tokenizer(folder)
           where json is not null
           select (Path.GetFileName(folder), json),
    ];
}
