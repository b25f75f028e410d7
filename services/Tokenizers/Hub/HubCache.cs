using Atropos.Tokenizers.Loading;

namespace Atropos.Tokenizers.Hub;

/// <summary>One model's folder in the cache, in the layout of Python's tools: blobs by tag, snapshots by commit that point to them, refs by name.</summary>
internal sealed class HubCache
{
    private readonly string _folder;
    private readonly string _locks;

    public HubCache(string root, ModelReference model)
    {
        _folder = Path.Combine(root, model.FolderName);
        _locks = Path.Combine(root, ".locks", model.FolderName);
    }

    public string Snapshot(string commit) => Path.Combine(_folder, "snapshots", commit);

    public string Blob(string tag) => Path.Combine(_folder, "blobs", tag);

    public string LockFile(string tag) => Path.Combine(_locks, tag + ".lock");

    /// <summary>The commit that the revision is known to point to; null when it is not known.</summary>
    public string? CommitOf(ModelReference model)
    {
        if (model.IsCommit)
        {
            return model.Revision;
        }

        var path = RefFile(model.Revision);
        return File.Exists(path) && File.ReadAllText(path).Trim() is var commit && ModelReference.IsCommitHash(commit) ? commit : null;
    }

    /// <summary>Whether a snapshot holds a vocabulary, so that it can be loaded.</summary>
    public bool HasTokenizer(string commit) => TokenizerFileNames.Choose(FilesOf(commit)) is not null;

    /// <summary>Whether a snapshot holds all of the tokenizer: for each file that might be there, it is known whether it is.</summary>
    public bool IsComplete(string commit)
    {
        var files = FilesOf(commit);
        return TokenizerFileNames.Choose(files) is { } chosen
            && Preferred(chosen).Concat(TokenizerFileNames.Beside).All(name => files.Contains(name) || File.Exists(Absent(commit, name)))
            && (Directory.Exists(Path.Combine(Snapshot(commit), TokenizerFileNames.AdditionalTemplates))
                || Directory.Exists(Absent(commit, TokenizerFileNames.AdditionalTemplates)));
    }

    /// <summary>Lets a file of a snapshot point to its blob.</summary>
    public void Link(string commit, RemoteFile file)
    {
        var path = Path.Combine(Snapshot(commit), file.Name);
        if (File.Exists(path))
        {
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var blob = Blob(file.Tag);
        try
        {
            // A link whose blob has been deleted is in the way.
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.GetRelativePath(folder, blob));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process was faster, or there are no links here (Windows without the right to make them).
            if (!File.Exists(path))
            {
                Replace(path, temporary => File.Copy(blob, temporary));
            }
        }
    }

    /// <summary>Writes down which of the files that might be there are not.</summary>
    public void MarkAbsent(string commit, string chosen, IReadOnlyCollection<string> present)
    {
        Directory.CreateDirectory(Absent(commit, ""));
        foreach (var name in Preferred(chosen).Concat(TokenizerFileNames.Beside).Where(name => !present.Contains(name)))
        {
            using var empty = File.Open(Absent(commit, name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        }

        if (!present.Any(IsAdditionalTemplate))
        {
            Directory.CreateDirectory(Absent(commit, TokenizerFileNames.AdditionalTemplates));
        }
    }

    /// <summary>Lets a revision point to a commit.</summary>
    public void WriteRef(ModelReference model, string commit)
    {
        if (!model.IsCommit && CommitOf(model) != commit)
        {
            Replace(RefFile(model.Revision), temporary => File.WriteAllText(temporary, commit));
        }
    }

    public static bool IsAdditionalTemplate(string name) =>
        name.Split('/', '\\') is [TokenizerFileNames.AdditionalTemplates, var file] && file.EndsWith(".jinja", StringComparison.Ordinal)
        && name.Contains('/', StringComparison.Ordinal);

    private static IEnumerable<string> Preferred(string chosen) =>
        TokenizerFileNames.Vocabularies.TakeWhile(pattern => pattern != chosen).Where(pattern => !pattern.Contains('*', StringComparison.Ordinal));

    // The temporary file lies outside of refs and snapshots, where every file means something.
    private void Replace(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = Path.Combine(_folder, $".{Guid.NewGuid():N}.tmp");
        write(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    private string RefFile(string revision) => Path.Combine(_folder, "refs", revision);

    private string Absent(string commit, string name) => Path.Combine(_folder, ".no_exist", commit, name);

    private HashSet<string> FilesOf(string commit)
    {
        var folder = Snapshot(commit);

        // A link to a blob that is gone counts for nothing.
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFileSystemEntries(folder).Where(File.Exists).Select(path => Path.GetFileName(path))]
            : [];
    }
}
