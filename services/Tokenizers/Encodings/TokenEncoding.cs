using Atropos.Tokenizers.Models;

namespace Atropos.Tokenizers;

/// <summary>The tokens of a text, or of two, and what is known of each. All spans are of equal length. Never changes.</summary>
public sealed class TokenEncoding
{
    private readonly Tokenizer _tokenizer;
    private readonly int[] _ids;
    private readonly int[] _typeIds;
    private readonly int[] _words;
    private readonly int[] _sequences;
    private readonly int[] _specialMask;
    private readonly int[] _attentionMask;
    private readonly TokenOffsets[] _offsets;
    private readonly string?[] _texts;
    private string[]? _tokens;

    private TokenEncoding(Tokenizer tokenizer, int count)
    {
        _tokenizer = tokenizer;
        _ids = new int[count];
        _typeIds = new int[count];
        _words = new int[count];
        _sequences = new int[count];
        _specialMask = new int[count];
        _attentionMask = new int[count];
        _offsets = new TokenOffsets[count];
        _texts = new string?[count];
    }

    /// <summary>The number of tokens.</summary>
    public int Count => _ids.Length;

    /// <summary>The ids.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>
    /// The tokens as the original reports them: how the vocabulary writes the id; for an added token, and for an unknown one of a
    /// Unigram model, the text that it was found as.
    /// </summary>
    public ReadOnlySpan<string> Tokens => _tokens ??= [.. Enumerable.Range(0, Count).Select(TokenAt)];

    /// <summary>The part of its text that each token covers, in the unit that was asked for; 0 to 0 for tokens that were put in.</summary>
    public ReadOnlySpan<TokenOffsets> Offsets => _offsets;

    /// <summary>What BERT calls the segment: 0 for the first text, 1 for the second, unless the post-processor says otherwise.</summary>
    public ReadOnlySpan<int> TypeIds => _typeIds;

    /// <summary>1 for a token, 0 for padding.</summary>
    public ReadOnlySpan<int> AttentionMask => _attentionMask;

    /// <summary>1 for tokens that the post-processor or padding put in, 0 for those of the text, its own special tokens included.</summary>
    public ReadOnlySpan<int> SpecialTokensMask => _specialMask;

    /// <summary>The number of the piece, from 0 in each text, that the token comes from; -1 for tokens that were put in.</summary>
    public ReadOnlySpan<int> WordIds => _words;

    /// <summary>0 for tokens of the first text, 1 for those of the second, -1 for those that were put in.</summary>
    public ReadOnlySpan<int> SequenceIds => _sequences;

    /// <summary>The parts that truncation cut off, in order, each with its own special tokens.</summary>
    public IReadOnlyList<TokenEncoding> Overflowing { get; private init; } = [];

    /// <summary>The token at a position, as in <see cref="Tokens"/>.</summary>
    internal string TokenAt(int index) => _texts[index] ?? _tokenizer.IdToToken(_ids[index]) ?? "";

    internal static TokenEncoding FromSpans(Tokenizer tokenizer, TokenSpans spans, int sequence)
    {
        var encoding = new TokenEncoding(tokenizer, spans.Count);
        for (var index = 0; index < spans.Count; index++)
        {
            var token = spans[index];
            encoding._ids[index] = token.Id;
            encoding._texts[index] = token.Text;
            encoding._offsets[index] = new TokenOffsets(token.Start, token.End);
            encoding._words[index] = token.Word;
        }

        encoding._typeIds.AsSpan().Fill(sequence);
        encoding._sequences.AsSpan().Fill(sequence);
        encoding._attentionMask.AsSpan().Fill(1);
        return encoding;
    }

    /// <summary>Tokens that stand for nothing in a text.</summary>
    internal static TokenEncoding PutIn(Tokenizer tokenizer, ReadOnlySpan<int> ids, ReadOnlySpan<string> tokens, int typeId, bool attended)
    {
        var encoding = new TokenEncoding(tokenizer, ids.Length);
        ids.CopyTo(encoding._ids);
        tokens.CopyTo(encoding._texts!);
        encoding._typeIds.AsSpan().Fill(typeId);
        encoding._words.AsSpan().Fill(-1);
        encoding._sequences.AsSpan().Fill(-1);
        encoding._specialMask.AsSpan().Fill(1);
        encoding._attentionMask.AsSpan().Fill(attended ? 1 : 0);
        return encoding;
    }

    /// <summary>The same tokens with other offsets.</summary>
    internal TokenEncoding WithOffsets(Func<TokenEncoding, int, TokenOffsets, TokenOffsets> change)
    {
        var copy = Copy(0, Count, [.. Overflowing.Select(part => part.WithOffsets(change))]);
        for (var index = 0; index < Count; index++)
        {
            copy._offsets[index] = change(this, index, _offsets[index]);
        }

        return copy;
    }

    /// <summary>The same tokens with other type ids.</summary>
    internal TokenEncoding WithTypeId(int typeId, bool overflowingToo)
    {
        var copy = Copy(0, Count, overflowingToo ? [.. Overflowing.Select(part => part.WithTypeId(typeId, true))] : Overflowing);
        copy._typeIds.AsSpan().Fill(typeId);
        return copy;
    }

    /// <summary>A part of the tokens, with <paramref name="overflowing"/> as what has been cut off.</summary>
    internal TokenEncoding Copy(int start, int end, IReadOnlyList<TokenEncoding> overflowing)
    {
        var copy = new TokenEncoding(_tokenizer, end - start) { Overflowing = overflowing };
        copy.Write(0, this, start, end);
        return copy;
    }

    /// <summary>Both, one behind the other; what has been cut off of either is joined with all of the other, as the original does.</summary>
    internal TokenEncoding Join(TokenEncoding other)
    {
        List<TokenEncoding> overflowing = [];
        foreach (var part in Overflowing)
        {
            overflowing.Add(part.JoinOne(other, []));
            overflowing.AddRange(other.Overflowing.Select(otherPart => part.JoinOne(otherPart, [])));
        }

        overflowing.AddRange(other.Overflowing.Select(otherPart => JoinOne(otherPart, [])));
        return JoinOne(other, overflowing);
    }

    private TokenEncoding JoinOne(TokenEncoding other, IReadOnlyList<TokenEncoding> overflowing)
    {
        var joined = new TokenEncoding(_tokenizer, Count + other.Count) { Overflowing = overflowing };
        joined.Write(0, this, 0, Count);
        joined.Write(Count, other, 0, other.Count);
        return joined;
    }

    private void Write(int at, TokenEncoding source, int start, int end)
    {
        source._ids.AsSpan(start, end - start).CopyTo(_ids.AsSpan(at));
        source._typeIds.AsSpan(start, end - start).CopyTo(_typeIds.AsSpan(at));
        source._words.AsSpan(start, end - start).CopyTo(_words.AsSpan(at));
        source._sequences.AsSpan(start, end - start).CopyTo(_sequences.AsSpan(at));
        source._specialMask.AsSpan(start, end - start).CopyTo(_specialMask.AsSpan(at));
        source._attentionMask.AsSpan(start, end - start).CopyTo(_attentionMask.AsSpan(at));
        source._offsets.AsSpan(start, end - start).CopyTo(_offsets.AsSpan(at));
        source._texts.AsSpan(start, end - start).CopyTo(_texts.AsSpan(at));
    }
}
