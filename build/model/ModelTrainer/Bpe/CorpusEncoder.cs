using System.Text;

namespace Atropos.ModelTrainer;

/// <summary>Text to ids with a trained vocabulary, remembering words; enough for the corpus, which repeats itself.</summary>
internal sealed class CorpusEncoder(Vocabulary vocabulary)
{
    private readonly PreTokenizer _preTokenizer = new(vocabulary.Added);
    private readonly Dictionary<string, int[]> _words = new(StringComparer.Ordinal);

    public void Encode(string document, List<int> ids) => _preTokenizer.Split(document, (text, isAdded) =>
    {
        if (isAdded)
        {
            ids.Add(vocabulary.AddedId(text));
            return;
        }

        if (!_words.TryGetValue(text, out var word))
        {
            word = EncodeWord(text);
            _words.Add(text, word);
        }

        ids.AddRange(word);
    });

    private int[] EncodeWord(string text)
    {
        var ids = Encoding.UTF8.GetBytes(text).Select(ByteAlphabet.Id).ToList();
        while (true)
        {
            var best = int.MaxValue;
            var at = -1;
            for (var i = 0; i + 1 < ids.Count; i++)
            {
                if (vocabulary.TryMerge(ids[i], ids[i + 1], out var merged) && merged < best)
                {
                    best = merged;
                    at = i;
                }
            }

            if (at < 0)
            {
                return [.. ids];
            }

            ids[at] = best;
            ids.RemoveAt(at + 1);
        }
    }
}
