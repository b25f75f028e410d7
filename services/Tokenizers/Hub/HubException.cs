namespace Atropos.Tokenizers.Hub;

/// <summary>A model could not be had from a hub; the message names it and says what to do.</summary>
public sealed class HubException : Exception
{
    /// <summary>Creates an error.</summary>
    /// <param name="error">Its kind.</param>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public HubException(HubError error, string message, Exception? inner = null)
        : base(message, inner) => Error = error;

    /// <summary>Its kind.</summary>
    public HubError Error { get; }
}
