namespace Atropos.ChatFormats.Templates;

/// <summary>The last message cannot be left open: it has no text, or the template does not print it.</summary>
public sealed class FinalMessageException : Exception
{
    internal FinalMessageException(string message)
        : base(message)
    {
    }
}
