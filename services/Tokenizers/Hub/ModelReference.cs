using System.Text.RegularExpressions;

namespace Atropos.Tokenizers.Hub;

/// <summary>A model's name and revision, checked: both become parts of paths.</summary>
internal sealed partial record ModelReference(string Name, string Revision)
{
    public static ModelReference Parse(string name, string? revision)
    {
        if (!NamePattern().IsMatch(name) || name.Contains("--", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
        {
            throw new HubException(
                HubError.InvalidName, $"'{name}' is neither a folder or file that exists nor the name of a model; expected ORGANIZATION/NAME.");
        }

        revision ??= "main";
        return RevisionPattern().IsMatch(revision) && !revision.Contains("..", StringComparison.Ordinal)
            ? new ModelReference(name, revision)
            : throw new HubException(HubError.InvalidName, $"'{revision}' cannot be a revision of '{name}'; expected a branch, a tag or a commit.");
    }

    /// <summary>Whether the revision is a commit, which never points elsewhere.</summary>
    public bool IsCommit => IsCommitHash(Revision);

    /// <summary>The name of its folder in the cache.</summary>
    public string FolderName => "models--" + Name.Replace("/", "--", StringComparison.Ordinal);

    public static bool IsCommitHash(string text) => CommitPattern().IsMatch(text);

    public override string ToString() => $"'{Name}' at revision '{Revision}'";

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*(/[A-Za-z0-9_][A-Za-z0-9_.\-]*)?\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*(/[A-Za-z0-9_][A-Za-z0-9_.\-]*)*\z")]
    private static partial Regex RevisionPattern();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex CommitPattern();
}
