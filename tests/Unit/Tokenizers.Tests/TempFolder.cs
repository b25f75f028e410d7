namespace Atropos.Tokenizers.Tests;

/// <summary>A folder for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tokenizer-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public TempFolder Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return this;
    }

    public TempFolder Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
