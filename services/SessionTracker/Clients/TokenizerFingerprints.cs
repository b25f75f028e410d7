using System.Collections.Concurrent;

namespace Atropos.SessionTracker.Clients;

/// <summary>
/// The fingerprints that tokenizers had when they were last heard of. They can be old at any time: whoever relies on one
/// compares it with that of an answer, and says here what the answer had.
/// </summary>
internal sealed class TokenizerFingerprints(TokenizerChannel tokenizer)
{
    // Names come from the router's models, of which there are few.
    private readonly ConcurrentDictionary<string, string> _heard = new(StringComparer.Ordinal);

    /// <summary>The fingerprint that was heard last; asks where none was.</summary>
    public async ValueTask<TokenizerIdentity> GetAsync(string name, CancellationToken cancellationToken) =>
        _heard.TryGetValue(name, out var known) ? new TokenizerIdentity(name, known) : await AskAsync(name, cancellationToken);

    /// <summary>Asks the tokenizer service.</summary>
    public async Task<TokenizerIdentity> AskAsync(string name, CancellationToken cancellationToken)
    {
        var identity = new TokenizerIdentity(name, (await tokenizer.GetTokenizerAsync(name, cancellationToken)).Fingerprint);
        Hear(identity);
        return identity;
    }

    /// <summary>Takes note of what an answer said.</summary>
    public void Hear(TokenizerIdentity identity) => _heard[identity.Name] = identity.Fingerprint;
}
