using System.Collections.Concurrent;

namespace Atropos.SessionTracker.Clients;

/// <summary>
/// Keeps vocabularies by the fingerprint of their tokenizer, so that one is fetched once however many names it has.
/// What a name stands for is asked again after the tokenizer's stream was opened anew.
/// </summary>
internal sealed class VocabularyCache(TokenizerChannel tokenizer)
{
    private readonly ConcurrentDictionary<string, (int Generation, Vocabulary Vocabulary)> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Vocabulary> _byFingerprint = new(StringComparer.Ordinal);

    /// <summary>The vocabulary of a tokenizer.</summary>
    public async ValueTask<Vocabulary> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_byName.TryGetValue(name, out var known) && known.Generation == tokenizer.Generation)
        {
            return known.Vocabulary;
        }

        var info = await tokenizer.GetTokenizerAsync(name, cancellationToken);
        var generation = tokenizer.Generation;
        if (!_byFingerprint.TryGetValue(info.Fingerprint, out var vocabulary))
        {
            vocabulary = new Vocabulary(await tokenizer.GetVocabularyAsync(name, cancellationToken));
            if (info.Fingerprint.Length > 0)
            {
                vocabulary = _byFingerprint.GetOrAdd(info.Fingerprint, vocabulary);
            }
        }

        _byName[name] = (generation, vocabulary);
        return vocabulary;
    }
}
