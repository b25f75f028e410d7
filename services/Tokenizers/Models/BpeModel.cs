using System.Buffers;
using System.Globalization;
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
    private readonly int[] _byteSymbols = new int[256];
    private readonly int[] _fallbackIds = new int[256];
    private readonly int _unkId = -1;

    public BpeModel(Vocabulary vocabulary, MergeTable merges, BpeOptions options)
    {
        Vocabulary = vocabulary;
        _merges = merges;
        _options = options;
        Span<char> letter = stackalloc char[1];
        for (var value = 0; value < 256; value++)
        {
            letter[0] = ByteAlphabet.ToChar((byte)value);
            _byteSymbols[value] = vocabulary.TryGetId(letter, out var id) ? id : -1;
            _fallbackIds[value] = vocabulary.TryGetId(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), out id) ? id : -1;
        }

        if (options.UnkToken is { } unk)
        {
            _unkId = vocabulary.TryGetId(unk, out var id) ? id : -1;
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

    public override void Encode(ReadOnlySpan<char> piece, TokenSpans output) => throw new NotSupportedException();

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
        var pendingUnk = -1;
        var symbol = TextBuffer.Rent();
        for (var at = 0; at < word.Length;)
        {
            CodePoints.At(word, at, out var length);
            symbol.Length = 0;
            if (at > 0)
            {
                symbol.Append(_options.ContinuingSubwordPrefix);
            }

            symbol.Append(word.Slice(at, length));
            at += length;
            if (at == word.Length)
            {
                symbol.Append(_options.EndOfWordSuffix);
            }

            if (Vocabulary.TryGetId(symbol.Span, out var id))
            {
                Flush(ref pendingUnk, output);
                output.Add(id);
            }
            else if (!(_options.ByteFallback && TryAddBytes(symbol.Span, output)) && _options.UnkToken is not null)
            {
                if (!_options.FuseUnk)
                {
                    Flush(ref pendingUnk, output);
                }

                pendingUnk = UnkId();
            }
        }

        Flush(ref pendingUnk, output);
        TextBuffer.Return(symbol);
        MergeTail(output, before);
    }

    private static void Flush(ref int pendingUnk, List<int> output)
    {
        if (pendingUnk >= 0)
        {
            output.Add(pendingUnk);
            pendingUnk = -1;
        }
    }

    private bool TryAddBytes(ReadOnlySpan<char> symbol, List<int> output)
    {
        var before = output.Count;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in symbol.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (_fallbackIds[value] < 0)
                {
                    CollectionsMarshal.SetCount(output, before);
                    return false;
                }

                output.Add(_fallbackIds[value]);
            }
        }

        return true;
    }

    private int UnkId() => _unkId >= 0
        ? _unkId
        : throw new InvalidOperationException(
            $"The text needs the unknown token '{_options.UnkToken}' (model.unk_token), which is not in the model's vocabulary.");

    private void MergeTail(List<int> output, int before)
    {
        var merger = _merger ??= new BpeMerger();
        var count = merger.Merge(_merges, CollectionsMarshal.AsSpan(output)[before..]);
        CollectionsMarshal.SetCount(output, before + count);
    }
}
