namespace Atropos.TokenizerService.Tests;

/// <summary>Folders with small tokenizers, gone when it is disposed.</summary>
internal sealed class TokenizerFolders : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("atropos-tokenizers-");
    private DateTime _time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Path(string name) => System.IO.Path.Combine(_root.FullName, name);

    /// <summary>Writes a whole tokenizer.</summary>
    public string Write(string name, params string[] furtherTokens)
    {
        SmallTokenizer.Write(Path(name), furtherTokens);
        return Written(name);
    }

    /// <summary>Writes a tokenizer.json that is none.</summary>
    public string WriteBroken(string name)
    {
        Directory.CreateDirectory(Path(name));
        System.IO.File.WriteAllText(File(name), """{"model": {"type": "Nonsense"}}""");
        return Written(name);
    }

    public TokenizerServiceOptions Options(params string[] names)
    {
        var options = new TokenizerServiceOptions { Loading = TokenizerLoading.Use, FileCheckInterval = TimeSpan.Zero };
        foreach (var name in names)
        {
            options.Add(new TokenizerSource(name, Path(name)));
        }

        return options;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string File(string name) => System.IO.Path.Combine(Path(name), "tokenizer.json");

    // Each writing is at another time, however fast the test is.
    private string Written(string name)
    {
        _time += TimeSpan.FromMinutes(1);
        System.IO.File.SetLastWriteTimeUtc(File(name), _time);
        return Path(name);
    }
}
