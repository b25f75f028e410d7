using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>`tokenizers-memory`: BenchmarkDotNet with its memory column, in this process.</summary>
internal static class AllocationRun
{
    public static IReadOnlyList<TokenizerFile> Files { get; private set; } = [];

    public static int Run(string[] args)
    {
        var scratch = Directory.CreateTempSubdirectory("atropos-tokenizers-");
        try
        {
            Files = [.. TokenizerFile.Find(args.FirstOrDefault(), scratch.FullName)
                .Where(file => file.Name is "qwen3" or "gpt-oss" or "llama-2" or "t5-small" or "bert-base-uncased")];
            if (Files.Count == 0)
            {
                Console.Error.WriteLine("No tokenizer is found: name a folder that holds <name>/tokenizer.json.");
                return 1;
            }

            // Other processes would be built by this repository's props, which are not made for generated projects.
            var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
            BenchmarkRunner.Run<AllocationBenchmarks>(config);
            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
