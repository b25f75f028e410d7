namespace Atropos.ModelTrainer;

/// <summary>The command line: trains the reference model and writes, or compares, its files.</summary>
public static class TrainerCommand
{
    private const string Usage = """
        Trains the reference model: generates the corpus, trains the tokenizer and the n-gram model, writes the files.

        dotnet run --project build/model/ModelTrainer [-- options]
          --out FOLDER     where the files go (default: services/ReferenceModel/Assets of this repository)
          --corpus FILE    also writes the corpus as text
          --check          writes nothing; exit code 1 if the files in the folder differ from what training gives
        """;

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments, as in the usage text.</param>
    /// <param name="output">Where progress goes.</param>
    /// <param name="error">Where complaints go.</param>
    /// <returns>0 when done, 1 when <c>--check</c> finds a difference, 2 for arguments that make no sense.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);

        string? folder = null;
        string? corpusFile = null;
        var check = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--out" when i + 1 < args.Length:
                    folder = args[++i];
                    break;
                case "--corpus" when i + 1 < args.Length:
                    corpusFile = args[++i];
                    break;
                case "--check":
                    check = true;
                    break;
                default:
                    error.WriteLine(Usage);
                    return 2;
            }
        }

        folder ??= DefaultFolder();
        if (folder is null)
        {
            error.WriteLine("Atropos.Grpc.sln is in no folder above this one: give the folder with --out.");
            return 2;
        }

        var corpus = CorpusGenerator.Generate(TrainingSettings.Default.CorpusBytes, TrainingSettings.Default.Seed);
        if (corpusFile is not null)
        {
            File.WriteAllText(corpusFile, string.Concat(corpus));
        }

        var artifacts = ModelTraining.Train(corpus, TrainingSettings.Default);
        return check ? Compare(artifacts, folder, output, error) : Write(artifacts, folder, output);
    }

    private static int Write(IReadOnlyDictionary<string, byte[]> artifacts, string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in artifacts)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            output.WriteLine($"{name}: {bytes.Length} bytes");
        }

        return 0;
    }

    private static int Compare(IReadOnlyDictionary<string, byte[]> artifacts, string folder, TextWriter output, TextWriter error)
    {
        var different = 0;
        foreach (var (name, bytes) in artifacts)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                error.WriteLine($"{path} differs from what training gives.");
                different++;
            }
        }

        output.WriteLine($"{artifacts.Count - different} of {artifacts.Count} files are as trained.");
        return different == 0 ? 0 : 1;
    }

    private static string? DefaultFolder()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Atropos.Grpc.sln")))
                {
                    return Path.Combine(folder.FullName, "services", "ReferenceModel", "Assets");
                }
            }
        }

        return null;
    }
}
