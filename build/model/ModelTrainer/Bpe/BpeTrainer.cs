using System.Text;

namespace Atropos.ModelTrainer;

/// <summary>
/// Byte-pair training: again and again the most frequent pair of neighbours becomes one token. Ties go to the pair with the lowest ids,
/// so that the result does not depend on the order of a hash table.
/// </summary>
internal static class BpeTrainer
{
    private const int MinimumPairCount = 2;

    /// <summary>The corpus repeats whole sentences; in writing without blanks they would become tokens.</summary>
    private const int MaximumTokenBytes = 16;

    public static Vocabulary Train(WordCounts corpus, int size, IReadOnlyList<AddedToken> added)
    {
        var vocabulary = new Vocabulary(added);
        var words = new List<int>[corpus.Words.Count];
        var counts = new Dictionary<(int, int), long>();
        var users = new Dictionary<(int, int), HashSet<int>>();
        for (var w = 0; w < words.Length; w++)
        {
            words[w] = [.. Encoding.UTF8.GetBytes(corpus.Words[w]).Select(ByteAlphabet.Id)];
            AddPairs(words[w], corpus.Counts[w], w, counts, users);
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        while (vocabulary.BaseCount < size && TryFindBest(counts, out var best))
        {
            var text = ByteAlphabet.Text([.. vocabulary.Bytes(best.Left), .. vocabulary.Bytes(best.Right)]);
            if (text.Length > MaximumTokenBytes || !known.Add(text))
            {
                // Too long, or a second way to the same bytes: a vocabulary has room for one.
                counts.Remove(best);
                continue;
            }

            var id = vocabulary.AddMerge(best.Left, best.Right);
            foreach (var w in users[best].ToArray())
            {
                AddPairs(words[w], -corpus.Counts[w], w, counts, users);
                Merge(words[w], best, id);
                AddPairs(words[w], corpus.Counts[w], w, counts, users);
            }

            counts.Remove(best);
            users.Remove(best);
        }

        return vocabulary;
    }

    private static bool TryFindBest(Dictionary<(int Left, int Right), long> counts, out (int Left, int Right) best)
    {
        best = default;
        long highest = MinimumPairCount - 1;
        foreach (var (pair, count) in counts)
        {
            if (count > highest || (count == highest && highest >= MinimumPairCount && pair.CompareTo(best) < 0))
            {
                highest = count;
                best = pair;
            }
        }

        return highest >= MinimumPairCount;
    }

    private static void AddPairs(
        List<int> word, int count, int index, Dictionary<(int, int), long> counts, Dictionary<(int, int), HashSet<int>> users)
    {
        for (var i = 0; i + 1 < word.Count; i++)
        {
            var pair = (word[i], word[i + 1]);
            counts[pair] = counts.GetValueOrDefault(pair) + count;
            if (count < 0)
            {
                continue;
            }

            if (!users.TryGetValue(pair, out var set))
            {
                users.Add(pair, set = []);
            }

            set.Add(index);
        }
    }

    private static void Merge(List<int> word, (int Left, int Right) pair, int id)
    {
        var kept = 0;
        for (var i = 0; i < word.Count; i++)
        {
            if (i + 1 < word.Count && word[i] == pair.Left && word[i + 1] == pair.Right)
            {
                word[kept++] = id;
                i++;
            }
            else
            {
                word[kept++] = word[i];
            }
        }

        word.RemoveRange(kept, word.Count - kept);
    }
}
