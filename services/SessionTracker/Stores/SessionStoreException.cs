namespace Atropos.SessionTracker.Stores;

/// <summary>A store failed, or what it holds cannot be read. The message says what, and of which session and turn.</summary>
public class SessionStoreException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public SessionStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
