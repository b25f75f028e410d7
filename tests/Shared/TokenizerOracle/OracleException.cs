namespace Atropos.TestSupport;

/// <summary>The original refused a whole request, or its process ended.</summary>
internal sealed class OracleException(string message, bool ended = false) : Exception(message)
{
    /// <summary>Whether the process is gone: the original aborts where its code panics.</summary>
    public bool Ended { get; } = ended;
}
