namespace Atropos.SessionTracker.Clients;

/// <summary>
/// A tokenizer as it was when it made ids: the same name stands for other ids once its files are others, so nodes keep both.
/// </summary>
/// <param name="Name">Its name at the tokenizer service.</param>
/// <param name="Fingerprint">The hash of its files, as the service tells it; empty where it was not told.</param>
internal readonly record struct TokenizerIdentity(string Name, string Fingerprint)
{
    // No name on a command line or in a request's JSON has one that is not escaped.
    private const char Separator = '\n';

    /// <summary>Takes apart what <see cref="ToString"/> gave.</summary>
    public static TokenizerIdentity Parse(string text)
    {
        var at = text.LastIndexOf(Separator);
        return at < 0 ? new TokenizerIdentity(text, "") : new TokenizerIdentity(text[..at], text[(at + 1)..]);
    }

    /// <summary>The one text that a session's tree knows a tokenizer by.</summary>
    public override string ToString() => Fingerprint.Length == 0 ? Name : $"{Name}{Separator}{Fingerprint}";
}
