using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>`tokenizers-memory [NAME...]`: BenchmarkDotNet with its memory column, in this process.</summary>
internal static class AllocationRun
{
    private static readonly string[] Usual = ["qwen3", "gpt-oss", "llama-2", "t5-small", "bert-base-uncased"];

    public static IReadOnlyList<TokenizerFile> Files { get; private set; } = [];

    public static int Run(string[] args)
    {
        var scratch = Directory.CreateTempSubdirectory("atropos-tokenizers-");
        try
        {
            Files = [.. TokenizerFile.Find(null, scratch.FullName).Where(file => args.Length == 0 ? Usual.Contains(file.Name) : args.Contains(file.Name))];
            if (Files.Count == 0)
            {
                Console.Error.WriteLine("No such tokenizer in shared/conformance/tokenizers beside the repository, or where ATROPOS_SHARED says.");
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
