using System.Buffers;
using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>The longest token that the rest of the word starts with, again and again; a word for which that fails is unknown as a whole.</summary>
internal sealed class WordPieceModel : TokenModel
{
    private const int ShortWord = 128;

    private readonly WordPieceOptions _options;
    private readonly PieceTrie _trie;
    private readonly WordCache _cache = new();

    // Where the tokens that go on within a word begin; -1 when there are none.
    private readonly int _continuation;
    private readonly int _unkId;

    /// <param name="vocabulary">The tokens.</param>
    /// <param name="options">How to use them.</param>
    public WordPieceModel(Vocabulary vocabulary, WordPieceOptions options)
    {
        Vocabulary = vocabulary;
        _options = options;
        _trie = PieceTrieBuilder.Build(vocabulary);
        _continuation = _trie.TryWalk(options.ContinuingSubwordPrefix, out var node) ? node : -1;
        _unkId = vocabulary.TryGetId(options.UnkToken, out var id) ? id : -1;
    }

    public override Vocabulary Vocabulary { get; }

    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.IsEmpty || (piece.Length <= WordCache.LongestWord && _cache.TryAppend(piece, output)))
        {
            return;
        }

        EncodeAnew(piece, output, null);
    }

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output) => EncodeAnew(piece, null, output);

    private void EncodeAnew(ReadOnlySpan<char> piece, List<int>? ids, TokenSpans? spans)
    {
        // No character takes more than two units of UTF-16, so that a hostile word is refused before it is looked at.
        if (piece.Length > 2L * _options.MaxInputCharsPerWord)
        {
            ids?.Add(UnkId());
            spans?.Add(UnkId(), 0, Encoding.UTF8.GetByteCount(piece));
            return;
        }

        var length = Encoding.UTF8.GetMaxByteCount(piece.Length);
        byte[]? rentedBytes = null;
        int[]? rentedFound = null;
        Span<byte> bytes = length <= ShortWord ? stackalloc byte[ShortWord] : rentedBytes = ArrayPool<byte>.Shared.Rent(length);
        Span<int> found = length <= ShortWord ? stackalloc int[2 * ShortWord] : rentedFound = ArrayPool<int>.Shared.Rent(2 * length);
        try
        {
            var word = bytes[..Encoding.UTF8.GetBytes(piece, bytes)];
            if (CountCharacters(word) > _options.MaxInputCharsPerWord || !TryMatch(word, found, out var count))
            {
                found[0] = UnkId();
                found[1] = word.Length;
                count = 1;
            }

            Append(found[..(2 * count)], ids, spans);
            if (ids is not null)
            {
                Remember(piece, found, count);
            }
        }
        finally
        {
            if (rentedBytes is not null)
            {
                ArrayPool<byte>.Shared.Return(rentedBytes);
            }

            if (rentedFound is not null)
            {
                ArrayPool<int>.Shared.Return(rentedFound);
            }
        }
    }

    private static int CountCharacters(ReadOnlySpan<byte> word)
    {
        var count = 0;
        foreach (var value in word)
        {
            count += (value & 0xC0) != 0x80 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Cuts the word up; finds for each token its id and its end.</summary>
    private bool TryMatch(ReadOnlySpan<byte> word, Span<int> found, out int count)
    {
        count = 0;
        for (var start = 0; start < word.Length; count++)
        {
            var node = start == 0 ? PieceTrie.Root : _continuation;
            var best = -1;
            var end = start;
            for (var at = start; node >= 0 && at < word.Length && _trie.TryStep(ref node, word[at], out var id); at++)
            {
                if (id >= 0)
                {
                    best = id;
                    end = at + 1;
                }
            }

            if (best < 0)
            {
                return false;
            }

            found[2 * count] = best;
            found[(2 * count) + 1] = end;
            start = end;
        }

        return true;
    }

    private static void Append(ReadOnlySpan<int> found, List<int>? ids, TokenSpans? spans)
    {
        var start = 0;
        for (var index = 0; index < found.Length; index += 2)
        {
            ids?.Add(found[index]);
            spans?.Add(found[index], start, found[index + 1]);
            start = found[index + 1];
        }
    }

    private void Remember(ReadOnlySpan<char> piece, Span<int> found, int count)
    {
        for (var index = 1; index < count; index++)
        {
            found[index] = found[2 * index];
        }

        _cache.Add(piece, found[..count]);
    }

    private int UnkId() => _unkId >= 0
        ? _unkId
        : throw new InvalidOperationException(
            $"The text needs the unknown token '{_options.UnkToken}' (model.unk_token), which is not in the model's vocabulary.");
}
