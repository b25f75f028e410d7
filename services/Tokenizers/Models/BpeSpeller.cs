using System.Globalization;
using System.Runtime.InteropServices;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>The first step of byte-pair encoding: the symbols of a word's characters, before any merge.</summary>
internal sealed class BpeSpeller
{
    private readonly Vocabulary _vocabulary;
    private readonly BpeOptions _options;
    private readonly CharacterIds? _characters;
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

        // Bytes that all have a symbol are never spelled, other than for positions.
        if (options is { ContinuingSubwordPrefix: "", EndOfWordSuffix: "", TakesBytes: false })
        {
            _characters = new CharacterIds(vocabulary);
        }
    }

    /// <summary>The ids that a character can become which are not its own token's: the unknown token's, and those of bytes.</summary>
    public HashSet<int> OddIds()
    {
        var odd = new HashSet<int>();
        if (_options.ByteFallback)
        {
            odd.UnionWith(_fallbackIds);
        }

        if (_options.UnkToken is not null)
        {
            odd.Add(_unkId);
        }

        return odd;
    }

    /// <summary>Where a word may be cut in two that are encoded on their own; null where that is not known.</summary>
    public WordBoundaries? FindBoundaries(MergeTable merges)
    {
        var allFallBack = _options.ByteFallback && Array.TrueForAll(_fallbackIds, id => id >= 0);
        return _characters is null
            ? null
            : CharacterBoundaries.Find(_vocabulary, merges, _characters, OddIds(), allFallBack ? 3 : _options.UnkToken is not null ? 2 : 1);
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
        for (var at = 0; at < word.Length;)
        {
            var start = at;
            var point = CodePoints.At(word, at, out var length);
            at += length;
            var id = _characters is null ? AffixedId(word, start, at) : _characters.Of(point);
            var width = CodePoints.Utf8Length(point);
            if (id >= 0)
            {
                FlushUnk(ref unkWidth, symbols, widths);
                symbols.Add(id);
                widths?.Add(width);
            }
            else if (!(_options.ByteFallback && TryAddBytes(word, start, at, symbols, widths)) && _options.UnkToken is not null)
            {
                if (!_options.FuseUnk)
                {
                    FlushUnk(ref unkWidth, symbols, widths);
                }

                unkWidth += width;
            }
        }

        FlushUnk(ref unkWidth, symbols, widths);
    }

    /// <summary>Appends a character with the prefix or the suffix that its place in the word asks for.</summary>
    private void Affix(ReadOnlySpan<char> word, int start, int end, TextBuffer symbol)
    {
        if (start > 0)
        {
            symbol.Append(_options.ContinuingSubwordPrefix);
        }

        symbol.Append(word[start..end]);
        if (end == word.Length)
        {
            symbol.Append(_options.EndOfWordSuffix);
        }
    }

    private int AffixedId(ReadOnlySpan<char> word, int start, int end)
    {
        var symbol = TextBuffer.Rent();
        Affix(word, start, end, symbol);
        var found = _vocabulary.TryGetId(symbol.Span, out var id);
        TextBuffer.Return(symbol);
        return found ? id : -1;
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

    private bool TryAddBytes(ReadOnlySpan<char> word, int start, int end, List<int> symbols, List<int>? widths)
    {
        var symbol = TextBuffer.Rent();
        Affix(word, start, end, symbol);
        var before = symbols.Count;
        var known = true;
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in symbol.Span.EnumerateRunes())
        {
            foreach (var value in utf8[..rune.EncodeToUtf8(utf8)])
            {
                known &= _fallbackIds[value] >= 0;
                symbols.Add(_fallbackIds[value]);
            }
        }

        TextBuffer.Return(symbol);
        if (!known)
        {
            CollectionsMarshal.SetCount(symbols, before);
            return false;
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
