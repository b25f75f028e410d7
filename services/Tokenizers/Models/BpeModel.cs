using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>Byte-pair encoding.</summary>
internal sealed class BpeModel : TokenModel
{
    private const int BytesOnStack = 512;

    private const int MostIdsKept = 1 << 16;

    [ThreadStatic]
    private static BpeMerger? _merger;

    [ThreadStatic]
    private static List<int>? _ids;

    [ThreadStatic]
    private static List<int>? _symbolWidths;

    private readonly BpeOptions _options;
    private readonly MergeTable _merges;
    private readonly BpeSpeller _speller;
    private readonly Lazy<WordBoundaries?> _boundaries;
    private readonly TokenWidths _widths;
    private readonly WordCache _cache = new();

    // Of words that are cut out of pieces: where a piece that is a token becomes that, a word that is one may not.
    private readonly WordCache _wordCache;
    private readonly int[] _byteSymbols = new int[256];
    private readonly bool _knowsAllBytes;

    public BpeModel(Vocabulary vocabulary, MergeTable merges, BpeOptions options)
    {
        Vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _speller = new BpeSpeller(vocabulary, options);
        _wordCache = options.IgnoreMerges ? new WordCache() : _cache;
        _boundaries = new Lazy<WordBoundaries?>(FindBoundaries);
        _widths = new TokenWidths(vocabulary, options, _speller);
        if (!options.TakesBytes)
        {
            return;
        }

        Span<char> letter = stackalloc char[1];
        for (var value = 0; value < 256; value++)
        {
            letter[0] = ByteAlphabet.ToChar((byte)value);
            _byteSymbols[value] = vocabulary.TryGetId(letter, out var id) ? id : -1;
        }

        _knowsAllBytes = Array.TrueForAll(_byteSymbols, id => id >= 0);
    }

    public override Vocabulary Vocabulary { get; }

    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.IsEmpty || (piece.Length <= WordCache.LongestWord && _cache.TryAppend(piece, output)))
        {
            return;
        }

        var before = output.Count;
        if (_options.TakesBytes)
        {
            EncodeBytes(piece, output);
        }
        else if (_options.IgnoreMerges && Vocabulary.TryGetId(piece, out var whole))
        {
            output.Add(whole);
        }
        else
        {
            EncodeWords(piece, output);
        }

        _cache.Add(piece, CollectionsMarshal.AsSpan(output)[before..]);
    }

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output)
    {
        if (_options.TakesBytes || _options.IgnoreMerges || _boundaries.Value is not { } boundaries)
        {
            EncodeWord(piece, 0, output);
            return;
        }

        // By words, so that one which is spelled in bytes does not slow down all others.
        var start = 0;
        for (var at = 0; at < piece.Length;)
        {
            var end = boundaries.EndOfWord(piece, at);
            start = EncodeWord(piece[at..end], start, output);
            at = end;
        }
    }

    /// <summary>Appends the tokens of a word that begins at a byte of its piece; returns where the next one begins.</summary>
    private int EncodeWord(ReadOnlySpan<char> word, int start, TokenSpans output)
    {
        // Bad text must not leave half its ids to the next call.
        var ids = _ids ?? [];
        _ids = null;

        // Bytes that are left out have the original count positions in its alphabet's own bytes.
        var areKnown = _widths.AreKnown && (_knowsAllBytes || !_options.TakesBytes);
        if (areKnown)
        {
            Encode(word, ids);
        }

        if (!areKnown || !_widths.TryAppend(CollectionsMarshal.AsSpan(ids), ref start, output))
        {
            start = _options.TakesBytes ? SpellBytes(word, ids, start, output) : Spell(word, ids, start, output);
        }

        ids.Clear();
        _ids = ids.Capacity <= MostIdsKept ? ids : null;
        return start;
    }

    /// <summary>Appends tokens whose widths have to be counted from the characters on.</summary>
    private int Spell(ReadOnlySpan<char> word, List<int> ids, int start, TokenSpans output)
    {
        if (word.IsEmpty)
        {
            return start;
        }

        if (_options.IgnoreMerges && Vocabulary.TryGetId(word, out var whole))
        {
            output.Add(whole, start, start + Encoding.UTF8.GetByteCount(word));
            return output[output.Count - 1].End;
        }

        var widths = _symbolWidths ?? [];
        _symbolWidths = null;
        ids.Clear();
        _speller.Spell(word, ids, widths);
        var count = BpeMerger.Merge(_merges, CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(widths));
        for (var index = 0; index < count; index++)
        {
            output.Add(ids[index], start, start + widths[index]);
            start += widths[index];
        }

        widths.Clear();
        _symbolWidths = widths.Capacity <= MostIdsKept ? widths : null;
        return start;
    }

    /// <summary>Appends the tokens of bytes that are spelled as characters of their alphabet, where positions are those of the characters.</summary>
    private int SpellBytes(ReadOnlySpan<char> word, List<int> ids, int start, TokenSpans output)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(word.Length));
        var mapped = TextBuffer.Rent();
        Map(utf8.AsSpan(0, Encoding.UTF8.GetBytes(word, utf8)), mapped);
        var first = output.Count;
        Spell(mapped.Span, ids, 0, output);
        var cursor = new ByteCursor(mapped.Span);
        for (var index = first; index < output.Count; index++)
        {
            var token = output[index];
            output[index] = token with { Start = start + cursor.CharacterAt(token.Start), End = start + cursor.CharacterAt(token.End - 1) + 1 };
        }

        TextBuffer.Return(mapped);
        ArrayPool<byte>.Shared.Return(utf8);
        return output.Count > first ? output[output.Count - 1].End : start;
    }

    private static void Map(ReadOnlySpan<byte> utf8, TextBuffer output)
    {
        foreach (var value in utf8)
        {
            output.Append(ByteAlphabet.ToChar(value));
        }
    }

    private WordBoundaries? FindBoundaries() => !_options.CutsWords ? null
        : !_options.TakesBytes ? _speller.FindBoundaries(_merges)
        : _knowsAllBytes ? ByteBoundaries.Find(Vocabulary, _merges)
        : null;

    private void EncodeWords(ReadOnlySpan<char> piece, List<int> output)
    {
        if (_boundaries.Value is not { } boundaries)
        {
            MergeWord(piece, output);
            return;
        }

        for (var at = 0; at < piece.Length;)
        {
            var end = boundaries.EndOfWord(piece, at);
            var word = piece[at..end];
            at = end;
            if (word.Length <= WordCache.LongestWord && _wordCache.TryAppend(word, output))
            {
                continue;
            }

            var before = output.Count;
            MergeWord(word, output);
            _wordCache.Add(word, CollectionsMarshal.AsSpan(output)[before..]);
        }
    }

    private void EncodeBytes(ReadOnlySpan<char> piece, List<int> output)
    {
        if (_knowsAllBytes && !_options.IgnoreMerges)
        {
            EncodeWords(piece, output);
            return;
        }

        byte[]? rented = null;
        var utf8 = piece.Length * 3 <= BytesOnStack
            ? stackalloc byte[BytesOnStack]
            : rented = ArrayPool<byte>.Shared.Rent(piece.Length * 3);
        utf8 = utf8[..Encoding.UTF8.GetBytes(piece, utf8)];
        if (!TryEncodeAsMapped(utf8, output))
        {
            EncodeWords(piece, output);
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void MergeWord(ReadOnlySpan<char> word, List<int> output)
    {
        var before = output.Count;
        if (!_options.TakesBytes)
        {
            SpellAndMerge(word, output);
            return;
        }

        // The bytes are written where their symbols will stand, and are then read from the back.
        CollectionsMarshal.SetCount(output, before + Encoding.UTF8.GetByteCount(word));
        var symbols = CollectionsMarshal.AsSpan(output)[before..];
        var utf8 = MemoryMarshal.AsBytes(symbols)[..symbols.Length];
        Encoding.UTF8.GetBytes(word, utf8);
        for (var index = symbols.Length - 1; index >= 0; index--)
        {
            symbols[index] = _byteSymbols[utf8[index]];
        }

        MergeTail(output, before);
    }

    /// <summary>Takes the way of the original where that is not just bytes and merges.</summary>
    private bool TryEncodeAsMapped(ReadOnlySpan<byte> utf8, List<int> output)
    {
        var mapped = TextBuffer.Rent();
        Map(utf8, mapped);
        var done = true;
        if (_options.IgnoreMerges && Vocabulary.TryGetId(mapped.Span, out var whole))
        {
            output.Add(whole);
        }
        else if (!_knowsAllBytes)
        {
            SpellAndMerge(mapped.Span, output);
        }
        else
        {
            done = false;
        }

        TextBuffer.Return(mapped);
        return done;
    }

    private void SpellAndMerge(ReadOnlySpan<char> word, List<int> output)
    {
        var before = output.Count;
        _speller.Spell(word, output, null);
        MergeTail(output, before);
    }

    private void MergeTail(List<int> output, int before)
    {
        var merger = _merger ??= new BpeMerger();
        var count = merger.Merge(_merges, CollectionsMarshal.AsSpan(output)[before..]);
        CollectionsMarshal.SetCount(output, before + count);
    }
}
