namespace Atropos.InferenceRouter.Configuration;

/// <summary>A configuration that cannot be used. Its message holds every problem, not only the first.</summary>
public sealed class ServersFileException : Exception
{
    /// <summary>Makes one from what is wrong.</summary>
    /// <param name="source">What was read, such as <c>servers.json</c>; stands before the problems.</param>
    /// <param name="problems">What is wrong, each as <c>field: what and how to mend it</c>. At least one.</param>
    public ServersFileException(string source, IReadOnlyList<string> problems)
        : base($"{source}: {string.Join("; ", problems)}")
    {
        Problems = problems;
    }

    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<string> Problems { get; }
}
