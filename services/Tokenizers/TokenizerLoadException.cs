namespace Atropos.Tokenizers;

/// <summary>A tokenizer's files cannot be loaded: says which file, which key in it, and what was expected there.</summary>
public sealed class TokenizerLoadException : Exception
{
    /// <summary>Creates an error about one place in one file.</summary>
    /// <param name="file">The file's name or path.</param>
    /// <param name="path">The JSON path in that file, such as <c>$.model.type</c>; empty when the whole file is meant.</param>
    /// <param name="expectation">What was found and what was expected.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public TokenizerLoadException(string file, string path, string expectation, Exception? inner = null)
        : base(path.Length == 0 ? $"{file}: {expectation}" : $"{file}: {path}: {expectation}", inner)
    {
        File = file;
        Path = path;
    }

    /// <summary>The file's name or path.</summary>
    public string File { get; }

    /// <summary>The JSON path inside the file; empty when the whole file is meant.</summary>
    public string Path { get; }
}
