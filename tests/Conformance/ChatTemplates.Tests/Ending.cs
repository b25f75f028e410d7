namespace Atropos.ChatTemplates.Tests;

/// <summary>How simulated answers end.</summary>
internal enum Ending
{
    /// <summary>With the token that the template puts behind an answer, or that opens the next turn.</summary>
    Sampled,

    /// <summary>Before it: the answer was cut off.</summary>
    Cut,

    /// <summary>With a token that the template never prints there.</summary>
    Foreign,
}
