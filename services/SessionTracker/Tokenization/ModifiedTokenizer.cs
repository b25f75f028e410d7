namespace Atropos.SessionTracker.Tokenization;

/// <summary>
/// happy_vllm's modified tokenizer: a text's ids as they are in the middle of a longer text, so without special tokens and without the
/// space that some tokenizers put before a text; and back. It is made over a tokenizer, wherever that is. Not for concurrent use.
/// </summary>
/// <param name="encode">Encodes without special tokens.</param>
/// <param name="decode">Decodes, special tokens included.</param>
internal sealed class ModifiedTokenizer(Func<string, Task<IReadOnlyList<int>>> encode, Func<IEnumerable<int>, Task<string>> decode)
{
    // Part of the definition: other words give other ids where a tokenizer's merges reach into the text.
    private const string Word = "thisisareallybigwordisntit";
    private const string Letter = "c";
    private const int NoId = -1;

    private readonly Dictionary<string, IReadOnlyList<int>> _words = new(StringComparer.Ordinal);
    private int? _letterId;

    /// <summary>Turns text into ids.</summary>
    public async Task<int[]> EncodeAsync(string text)
    {
        for (var length = Word.Length; length > 0; length--)
        {
            var before = await EncodeWordAsync(Word[..length]);
            var whole = await encode(Word[..length] + text);
            if (StartsWith(whole, before))
            {
                return [.. whole.Skip(before.Count)];
            }
        }

        return [.. await encode(text)];
    }

    /// <summary>Turns ids into text.</summary>
    public async Task<string> DecodeAsync(IEnumerable<int> ids)
    {
        var letter = _letterId ??= await EncodeAsync(Letter) is [var first, ..] ? first : NoId;
        return WithoutFirst(await decode(letter == NoId ? ids : ids.Prepend(letter)));
    }

    /// <summary>Turns each id into the text that it stands for by itself.</summary>
    public async Task<string[]> DecodeEachAsync(IReadOnlyList<int> ids)
    {
        // The first call alone: it finds out how to decode, which the others then know.
        await DecodeAsync([]);
        int[] distinct = [.. ids.Distinct()];
        var texts = await Batches.SelectAsync(distinct, id => DecodeAsync([id]));
        var byId = distinct.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. ids.Select(id => byId[id])];
    }

    private async ValueTask<IReadOnlyList<int>> EncodeWordAsync(string word)
    {
        if (!_words.TryGetValue(word, out var ids))
        {
            ids = await encode(word);
            _words.Add(word, ids);
        }

        return ids;
    }

    private static bool StartsWith(IReadOnlyList<int> ids, IReadOnlyList<int> start)
    {
        if (start.Count > ids.Count)
        {
            return false;
        }

        for (var i = 0; i < start.Count; i++)
        {
            if (ids[i] != start[i])
            {
                return false;
            }
        }

        return true;
    }

    // One character as Python counts them.
    private static string WithoutFirst(string text) => text switch
    {
        "" => "",
        [var high, var low, ..] when char.IsSurrogatePair(high, low) => text[2..],
        _ => text[1..],
    };
}
