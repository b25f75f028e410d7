using System.Collections.Concurrent;

namespace Atropos.SessionTracker.Clients;

/// <summary>Keeps one vocabulary a name, until the tokenizer's files are others; names of the same files share one.</summary>
internal sealed class VocabularyCache(TokenizerChannel tokenizer, TokenizerFingerprints fingerprints)
{
    private readonly ConcurrentDictionary<string, (string Fingerprint, Vocabulary Vocabulary)> _byName = new(StringComparer.Ordinal);

    /// <summary>The vocabulary of a tokenizer.</summary>
    /// <param name="identity">The tokenizer; without a fingerprint, the service is asked what it has now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Vocabulary> GetAsync(TokenizerIdentity identity, CancellationToken cancellationToken)
    {
        var (name, fingerprint) = identity.Fingerprint.Length > 0 ? identity : await fingerprints.AskAsync(identity.Name, cancellationToken);
        if (_byName.TryGetValue(name, out var known) && known.Fingerprint == fingerprint)
        {
            return known.Vocabulary;
        }

        if (_byName.Values.FirstOrDefault(other => other.Fingerprint == fingerprint) is { Vocabulary: { } shared } && fingerprint.Length > 0)
        {
            return (_byName[name] = (fingerprint, shared)).Vocabulary;
        }

        var response = await tokenizer.GetVocabularyAsync(name, cancellationToken);
        return (_byName[name] = (response.TokenizerFingerprint, new Vocabulary(response))).Vocabulary;
    }
}
