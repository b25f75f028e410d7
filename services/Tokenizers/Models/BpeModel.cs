using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>Byte-pair encoding.</summary>
internal sealed class BpeModel : TokenModel
{
    [ThreadStatic]
    private static BpeMerger? _merger;

    private readonly BpeOptions _options;
    private readonly MergeTable _merges;
    private readonly WordCache _cache = new();
    private readonly BpeSpeller _speller;
    private readonly int[] _byteSymbols = new int[256];

    public BpeModel(Vocabulary vocabulary, MergeTable merges, BpeOptions options)
    {
        Vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        _speller = new BpeSpeller(vocabulary, options);
        Span<char> letter = stackalloc char[1];
        for (var value = 0; value < 256; value++)
        {
            letter[0] = ByteAlphabet.ToChar((byte)value);
            _byteSymbols[value] = vocabulary.TryGetId(letter, out var id) ? id : -1;
        }
    }

    public override Vocabulary Vocabulary { get; }

    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        if (piece.Length <= WordCache.LongestWord && _cache.TryGet(piece, out var cached))
        {
            output.AddRange(cached);
            return;
        }

        var before = output.Count;
        if (_options.TakesBytes)
        {
            EncodeBytes(piece, output);
        }
        else
        {
            EncodeText(piece, output);
        }

        _cache.Add(piece, CollectionsMarshal.AsSpan(output)[before..]);
    }

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        if (!_options.TakesBytes)
        {
            EncodeText(piece, output);
            return;
        }

        // The bytes are spelled as characters of their alphabet, and positions among those become positions among the bytes.
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        var mapped = TextBuffer.Rent();
        foreach (var value in utf8.AsSpan(0, Encoding.UTF8.GetBytes(piece, utf8)))
        {
            mapped.Append(ByteAlphabet.ToChar(value));
        }

        var first = output.Count;
        EncodeText(mapped.Span, output);
        var cursor = new ByteCursor(mapped.Span);
        for (var index = first; index < output.Count; index++)
        {
            var token = output[index];
            output[index] = token with { Start = cursor.CharacterAt(token.Start), End = cursor.CharacterAt(token.End - 1) + 1 };
        }

        TextBuffer.Return(mapped);
        ArrayPool<byte>.Shared.Return(utf8);
    }

    private void EncodeBytes(ReadOnlySpan<char> piece, List<int> output)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(piece.Length));
        try
        {
            var utf8 = bytes.AsSpan(0, Encoding.UTF8.GetBytes(piece, bytes));
            var known = true;
            foreach (var value in utf8)
            {
                known &= _byteSymbols[value] >= 0;
            }

            if (!known || _options.IgnoreMerges)
            {
                var mapped = TextBuffer.Rent();
                foreach (var value in utf8)
                {
                    mapped.Append(ByteAlphabet.ToChar(value));
                }

                var whole = -1;
                var done = _options.IgnoreMerges && Vocabulary.TryGetId(mapped.Span, out whole);
                if (done)
                {
                    output.Add(whole);
                }
                else if (!known)
                {
                    EncodeText(mapped.Span, output);
                }

                TextBuffer.Return(mapped);
                if (done || !known)
                {
                    return;
                }
            }

            var before = output.Count;
            CollectionsMarshal.SetCount(output, before + utf8.Length);
            var symbols = CollectionsMarshal.AsSpan(output)[before..];
            for (var index = 0; index < utf8.Length; index++)
            {
                symbols[index] = _byteSymbols[utf8[index]];
            }

            MergeTail(output, before);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void EncodeText(ReadOnlySpan<char> word, List<int> output)
    {
        if (_options.IgnoreMerges && Vocabulary.TryGetId(word, out var whole))
        {
            output.Add(whole);
            return;
        }

        var before = output.Count;
        _speller.Spell(word, output, null);
        MergeTail(output, before);
    }

    private void EncodeText(ReadOnlySpan<char> word, TokenSpans output)
    {
        if (_options.IgnoreMerges && Vocabulary.TryGetId(word, out var whole))
        {
            output.Add(whole, 0, Encoding.UTF8.GetByteCount(word));
            return;
        }

        var ids = new List<int>(word.Length);
        var widths = new List<int>(word.Length);
        _speller.Spell(word, ids, widths);
        var merger = _merger ??= new BpeMerger();
        var count = merger.Merge(_merges, CollectionsMarshal.AsSpan(ids), CollectionsMarshal.AsSpan(widths));
        var at = 0;
        for (var index = 0; index < count; index++)
        {
            output.Add(ids[index], at, at + widths[index]);
            at += widths[index];
        }
    }

    private void MergeTail(List<int> output, int before)
    {
        var merger = _merger ??= new BpeMerger();
        var count = merger.Merge(_merges, CollectionsMarshal.AsSpan(output)[before..]);
        CollectionsMarshal.SetCount(output, before + count);
    }
}
