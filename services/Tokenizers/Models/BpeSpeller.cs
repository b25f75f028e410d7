using System.Globalization;
using System.Runtime.InteropServices;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>The first step of byte-pair encoding: the symbols of a word's characters, before any merge.</summary>
internal sealed class BpeSpeller
{
    private readonly Vocabulary _vocabulary;
    private readonly BpeOptions _options;
    private readonly int[] _fallbackIds = new int[256];
    private readonly int _unkId = -1;

    public BpeSpeller(Vocabulary vocabulary, BpeOptions options)
    {
        _vocabulary = vocabulary;
        _options = options;
        for (var value = 0; value < 256; value++)
        {
            _fallbackIds[value] = vocabulary.TryGetId(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), out var id) ? id : -1;
        }

        if (options.UnkToken is { } unk)
        {
            _unkId = vocabulary.TryGetId(unk, out var id) ? id : -1;
        }
    }

    /// <summary>Appends the symbols of a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="symbols">Takes the ids.</param>
    /// <param name="widths">Takes, where given, how many bytes of the word each symbol stands for. They are not always all of its bytes:
    /// as in the original, a character without any token is none, and the bytes of a prefix that fell back to bytes count.</param>
    /// <exception cref="InvalidOperationException">An unknown token is needed that the vocabulary lacks.</exception>
    public void Spell(ReadOnlySpan<char> word, List<int> symbols, List<int>? widths)
    {
        var unkWidth = 0;
        var symbol = TextBuffer.Rent();
        for (var at = 0; at < word.Length;)
        {
            var point = CodePoints.At(word, at, out var length);
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

            var width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (_vocabulary.TryGetId(symbol.Span, out var id))
            {
                FlushUnk(ref unkWidth, symbols, widths);
                symbols.Add(id);
                widths?.Add(width);
            }
            else if (!(_options.ByteFallback && TryAddBytes(symbol.Span, symbols, widths)) && _options.UnkToken is not null)
            {
                if (!_options.FuseUnk)
                {
                    FlushUnk(ref unkWidth, symbols, widths);
                }

                unkWidth += width;
            }
        }

        FlushUnk(ref unkWidth, symbols, widths);
        TextBuffer.Return(symbol);
    }

    private void FlushUnk(ref int width, List<int> symbols, List<int>? widths)
    {
        if (width > 0)
        {
            symbols.Add(UnkId());
            widths?.Add(width);
            width = 0;
        }
    }

    private bool TryAddBytes(ReadOnlySpan<char> symbol, List<int> symbols, List<int>? widths)
    {
        var before = symbols.Count;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in symbol.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                if (_fallbackIds[value] < 0)
                {
                    CollectionsMarshal.SetCount(symbols, before);
                    return false;
                }

                symbols.Add(_fallbackIds[value]);
            }
        }

        for (var added = before; widths is not null && added < symbols.Count; added++)
        {
            widths.Add(1);
        }

        return true;
    }

    private int UnkId() => _unkId >= 0
        ? _unkId
        : throw new InvalidOperationException(
            $"The text needs the unknown token '{_options.UnkToken}' (model.unk_token), which is not in the model's vocabulary.");
}
