namespace Atropos.SessionTracker.Tokenization;

/// <summary>
/// happy_vllm's modified tokenizer: a text's ids as they are in the middle of a longer text, so without special tokens and without the
/// space that some tokenizers put before a text; and back. It is made over a tokenizer, wherever that is. Not for concurrent use.
/// </summary>
/// <param name="encode">Encodes texts without special tokens.</param>
/// <param name="decode">Decodes lists of ids, special tokens included.</param>
internal sealed class ModifiedTokenizer(
    Func<IReadOnlyList<string>, Task<IReadOnlyList<IReadOnlyList<int>>>> encode,
    Func<IReadOnlyList<IEnumerable<int>>, Task<IReadOnlyList<string>>> decode)
{
    // Part of the definition: other words give other ids where a tokenizer's merges reach into the text.
    private const string Word = "thisisareallybigwordisntit";
    private const string Letter = "c";
    private const int NoId = -1;

    private int? _letterId;

    /// <summary>Turns text into ids.</summary>
    public async Task<int[]> EncodeAsync(string text) => (await EncodeAllAsync([text]))[0];

    /// <summary>Turns texts into ids, in their order.</summary>
    public async Task<int[][]> EncodeAllAsync(IReadOnlyList<string> texts)
    {
        var results = new int[]?[texts.Count];
        int[] open = [.. Enumerable.Range(0, texts.Count)];
        for (var length = Word.Length; length > 0 && open.Length > 0; length--)
        {
            var word = Word[..length];
            var encoded = await encode([word, .. open.Select(i => word + texts[i])]);
            foreach (var (i, whole) in open.Zip(encoded.Skip(1)))
            {
                results[i] = StartsWith(whole, encoded[0]) ? [.. whole.Skip(encoded[0].Count)] : null;
            }

            open = [.. open.Where(i => results[i] is null)];
        }

        if (open.Length > 0)
        {
            foreach (var (i, whole) in open.Zip(await encode([.. open.Select(i => texts[i])])))
            {
                results[i] = [.. whole];
            }
        }

        return results!;
    }

    /// <summary>Turns ids into text.</summary>
    public async Task<string> DecodeAsync(IReadOnlyList<int> ids) => (await DecodeAllAsync([ids]))[0];

    /// <summary>Turns lists of ids into texts, in their order.</summary>
    public async Task<IReadOnlyList<string>> DecodeAllAsync(IEnumerable<IReadOnlyList<int>> sequences)
    {
        var letter = _letterId ??= await EncodeAsync(Letter) is [var first, ..] ? first : NoId;
        var texts = await decode([.. sequences.Select(ids => letter == NoId ? ids : ids.Prepend(letter))]);
        return [.. texts.Select(WithoutFirst)];
    }

    /// <summary>Turns each id into the text that it stands for by itself.</summary>
    public async Task<string[]> DecodeEachAsync(IReadOnlyList<int> ids)
    {
        int[] distinct = [.. ids.Distinct()];
        var texts = await DecodeAllAsync(distinct.Select(id => (int[])[id]));
        var byId = distinct.Zip(texts).ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. ids.Select(id => byId[id])];
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
