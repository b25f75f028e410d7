namespace Atropos.Hosting;

/// <summary>
/// A setting (option, environment variable or line of a configuration file) that a host cannot start with.
/// <see cref="HostRunner"/> turns it into one line on standard error.
/// </summary>
public sealed class BadOptionException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="option">Name of the setting, as the user writes it.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public BadOptionException(string option, string problem, Exception? innerException = null)
        : base($"{option}: {problem}", innerException)
    {
        Option = option;
    }

    /// <summary>Name of the setting.</summary>
    public string Option { get; }
}
