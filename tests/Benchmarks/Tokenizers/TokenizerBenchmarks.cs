using System.CommandLine;
using Atropos.Benchmarks.Tokenizers.Texts;
using Atropos.TestSupport;

namespace Atropos.Benchmarks.Tokenizers;

/// <summary>`tokenizers`: ours against the original in the same process tree, one thread each, as Markdown tables.</summary>
internal static class TokenizerBenchmarks
{
    public static int Run(string[] args)
    {
        var folder = new Option<string?>("--tokenizers") { Description = "A folder with a folder of each tokenizer; shared/conformance/tokenizers beside the repository unless given." };
        var only = new Option<string[]>("--only") { Description = "Names of tokenizers to measure.", AllowMultipleArgumentsPerToken = true };
        var tables = new Option<string[]>("--tables") { Description = "encode, decode, adversarial, load; all unless given.", AllowMultipleArgumentsPerToken = true };
        var budget = new Option<double>("--budget") { Description = "Seconds to measure one cell of decoding for, after as many to warm up.", DefaultValueFactory = _ => 0.1 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of encoding, each with new texts; the best counts.", DefaultValueFactory = _ => 5 };
        var command = new RootCommand("Our tokenizers against the original library.") { folder, only, tables, rounds, budget };
        command.SetAction(result => Run(result.GetValue(folder), result.GetValue(only)!, result.GetValue(tables)!, result.GetValue(rounds), result.GetValue(budget)));
        return command.Parse(args).Invoke();
    }

    private static int Run(string? folder, string[] only, string[] tables, int rounds, double budget)
    {
        var scratch = Directory.CreateTempSubdirectory("atropos-tokenizers-");
        try
        {
            var files = TokenizerFile.Find(folder, scratch.FullName);
            files.RemoveAll(file => only.Length > 0 && !only.Contains(file.Name));
            if (files.Count == 0)
            {
                Console.Error.WriteLine("No tokenizer is found: name a folder that holds <name>/tokenizer.json with --tokenizers.");
                return 1;
            }

            if (Oracle.Missing() is { } reason)
            {
                Console.Error.WriteLine($"{reason} Until then the original's times are left at 0.");
            }

            Console.WriteLine("One thread each. The original (npm tokenizers, Rust) runs in Node: many texts in one batch call, and it always works out");
            Console.WriteLine("offsets; \"ids\" is our call for ids alone into a list that is used again, \"detailed\" the one that gives offsets and masks too.");
            bool Wanted(string table) => tables.Length == 0 || tables.Contains(table);
            var texts = new TextMaker();
            if (Wanted("encode"))
            {
                ForEach(files, (file, ours, original) => EncodeTable.Write(file, ours, original, texts, rounds));
            }

            if (Wanted("decode"))
            {
                DecodeTable.Header();
                ForEach(files, (file, ours, original) => DecodeTable.Write(file, ours, original, texts, budget));
            }

            if (Wanted("adversarial"))
            {
                AdversarialTable.Header();
                ForEach(files, AdversarialTable.Write);
            }

            if (Wanted("load"))
            {
                LoadTable.Write(files);
            }

            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void ForEach(IEnumerable<TokenizerFile> files, Action<TokenizerFile, Atropos.Tokenizers.Tokenizer, Original?> measure)
    {
        foreach (var file in files)
        {
            Atropos.Tokenizers.Tokenizer ours;
            try
            {
                ours = file.Load();
            }
            catch (Atropos.Tokenizers.TokenizerLoadException error)
            {
                Console.WriteLine($"\n{file.Name}: {error.Message}");
                continue;
            }

            using var original = Oracle.Missing() is null ? Original.Start() : null;
            original?.Load(file.Path);
            measure(file, ours, original);
        }
    }
}
