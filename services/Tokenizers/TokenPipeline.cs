using Atropos.Tokenizers.AddedTokens;
using Atropos.Tokenizers.Models;
using Atropos.Tokenizers.Normalizers;
using Atropos.Tokenizers.PreTokenizers;
using Atropos.Tokenizers.Text;

namespace Atropos.Tokenizers;

/// <summary>
/// From one text to its tokens, before any post-processing: added tokens, normalizer, pre-tokenizer, model. The same code gives ids
/// alone, without looking where they come from, and ids with the parts of the text that they cover.
/// </summary>
internal sealed class TokenPipeline(Normalizer? normalizer, PreTokenizer? preTokenizer, TokenModel model, AddedVocabulary added)
{
    [ThreadStatic]
    private static PieceList? _freePieces;

    // Behind a normalizer the place of a piece in the text is known by its characters' sources only.
    private readonly bool _alwaysTracks = normalizer is not null && preTokenizer is { AsksForStart: true };

    /// <summary>Appends the ids of a text.</summary>
    public void Encode(ReadOnlySpan<char> text, List<int> output) => EncodeText(text, output, null);

    /// <summary>Appends the tokens of a text, their positions in UTF-16 units of it.</summary>
    public void Encode(ReadOnlySpan<char> text, TokenSpans output) => EncodeText(text, null, output);

    private void EncodeText(ReadOnlySpan<char> text, List<int>? ids, TokenSpans? spans)
    {
        var word = 0;
        if (added.AsGiven is not { } matcher)
        {
            EncodePart(text, 0, text.Length, ids, spans, ref word);
            return;
        }

        var from = 0;
        var emitted = 0;
        while (matcher.TryFind(text, from, emitted, out var token, out var start, out var end, out from))
        {
            EncodePart(text, emitted, start, ids, spans, ref word);
            ids?.Add(token.Id);
            spans?.Add(new TokenSpans.Token(token.Id, start, end, text[start..end].ToString(), word++));
            emitted = end;
        }

        EncodePart(text, emitted, text.Length, ids, spans, ref word);
    }

    /// <summary>Encodes what lies between two added tokens.</summary>
    private void EncodePart(ReadOnlySpan<char> whole, int partStart, int partEnd, List<int>? ids, TokenSpans? spans, ref int word)
    {
        // A token that takes in the space behind it may reach into the next one.
        if (partStart >= partEnd)
        {
            return;
        }

        var part = new TextPart(whole, partStart, partEnd);
        var text = part.Text;
        var tracks = spans is not null || _alwaysTracks;
        var buffer = TextBuffer.Rent(tracks);
        if (normalizer is not null && normalizer.TryNormalize(text, buffer))
        {
            text = buffer.Span;
        }
        else if (tracks)
        {
            buffer.Copy(text, 0);
        }

        var sources = tracks ? buffer.Sources : default;
        var emitted = 0;
        if (added.Normalized is { } matcher)
        {
            var from = 0;
            while (matcher.TryFind(text, from, emitted, out var token, out var start, out var end, out from))
            {
                EncodePieces(part, text, sources, emitted, start, ids, spans, ref word);
                ids?.Add(token.Id);
                spans?.Add(new TokenSpans.Token(
                    token.Id, part.StartOf(sources[start]), part.EndOf(sources[end - 1]), text[start..end].ToString(), word++));
                emitted = end;
            }
        }

        EncodePieces(part, text, sources, emitted, text.Length, ids, spans, ref word);
        TextBuffer.Return(buffer);
    }

    private void EncodePieces(
        TextPart part, ReadOnlySpan<char> text, ReadOnlySpan<int> sources, int from, int to, List<int>? ids, TokenSpans? spans, ref int word)
    {
        if (from >= to)
        {
            return;
        }

        if (preTokenizer is null && spans is null)
        {
            model.Encode(text[from..to], ids!);
            return;
        }

        // A pattern that is hostile enough to throw must not leave its pieces to the next call.
        var pieces = _freePieces ?? new PieceList();
        _freePieces = null;
        if (sources.IsEmpty)
        {
            pieces.Reset(text[from..to], part.Start == 0 && from == 0);
        }
        else
        {
            pieces.Reset(text[from..to], sources[from..to], part.Start == 0 ? part.EndOf(0) : 0);
        }

        preTokenizer?.Split(pieces);
        for (var index = 0; index < pieces.Count; index++)
        {
            if (ids is not null)
            {
                model.Encode(pieces.Piece(index), ids);
                continue;
            }

            var first = spans!.Count;
            model.Encode(pieces.Piece(index), spans);
            PlaceTokens(part, pieces, index, spans, first, word++);
        }

        _freePieces = pieces.IsLarge ? null : pieces;
    }

    /// <summary>Turns the positions of a piece's tokens, in UTF-8 bytes of it, into positions in the text.</summary>
    private static void PlaceTokens(TextPart part, PieceList pieces, int piece, TokenSpans spans, int first, int word)
    {
        var text = pieces.Piece(piece);
        var sources = pieces.Sources[pieces[piece].Start..];
        var cursor = new ByteCursor(text);
        for (var index = first; index < spans.Count; index++)
        {
            var token = spans[index];
            var start = cursor.CharacterAt(token.Start);
            var end = token.End > token.Start ? cursor.CharacterAt(token.End - 1) : start;
            spans[index] = token with { Start = part.StartOf(sources[start]), End = part.EndOf(sources[end]), Word = word };
        }
    }

    /// <summary>A part of the text as given, and the way from a source in it to positions in the whole.</summary>
    private readonly ref struct TextPart(ReadOnlySpan<char> whole, int start, int end)
    {
        private readonly ReadOnlySpan<char> _whole = whole;

        public int Start => start;

        public ReadOnlySpan<char> Text => _whole[start..end];

        public int StartOf(int source)
        {
            if (source == TextBuffer.BeforeAll)
            {
                return start;
            }

            var at = start + source;
            return at > start && char.IsLowSurrogate(_whole[at]) && char.IsHighSurrogate(_whole[at - 1]) ? at - 1 : at;
        }

        public int EndOf(int source)
        {
            if (source == TextBuffer.BeforeAll)
            {
                return start;
            }

            var at = start + source;
            return at + 1 < end && char.IsHighSurrogate(_whole[at]) && char.IsLowSurrogate(_whole[at + 1]) ? at + 2 : at + 1;
        }
    }
}
