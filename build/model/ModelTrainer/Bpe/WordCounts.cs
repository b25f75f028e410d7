namespace Atropos.ModelTrainer;

/// <summary>How often each word (as the pre-tokenizer splits) occurs; words in order of first occurrence.</summary>
internal sealed class WordCounts(IEnumerable<AddedToken> added)
{
    private readonly PreTokenizer _preTokenizer = new(added);
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    public List<string> Words { get; } = [];

    public List<int> Counts { get; } = [];

    public void Add(string document) => _preTokenizer.Split(document, (text, isAdded) =>
    {
        if (isAdded)
        {
            return;
        }

        if (_index.TryGetValue(text, out var index))
        {
            Counts[index]++;
            return;
        }

        _index.Add(text, Words.Count);
        Words.Add(text);
        Counts.Add(1);
    });
}
