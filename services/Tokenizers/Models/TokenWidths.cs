using System.Text;

namespace Atropos.Tokenizers.Models;

/// <summary>
/// The part of a piece that each of its ids covers, told by the ids alone: a token of byte-pair encoding covers its own text, since
/// merges join texts. That leaves out tokens which stand for other characters than their own: the unknown token and those of bytes.
/// </summary>
internal sealed class TokenWidths
{
    private readonly Vocabulary _vocabulary;
    private readonly HashSet<int> _odd;
    private readonly bool _countsCharacters;

    /// <param name="vocabulary">The model's tokens.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="speller">Knows the odd ones.</param>
    public TokenWidths(Vocabulary vocabulary, BpeOptions options, BpeSpeller speller)
    {
        _vocabulary = vocabulary;
        _odd = speller.OddIds();
        _countsCharacters = options.TakesBytes;

        // A prefix or a suffix is part of a token's text and not of the piece's.
        AreKnown = vocabulary.HasDistinctIds && options is { ContinuingSubwordPrefix: "", EndOfWordSuffix: "" };
    }

    /// <summary>Whether ids tell widths at all.</summary>
    public bool AreKnown { get; }

    /// <summary>Appends a word's tokens; false, with nothing appended, where it is not known how much one of them covers.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="at">The byte of the piece where the word begins; becomes that where it ends.</param>
    /// <param name="output">Takes the tokens.</param>
    public bool TryAppend(ReadOnlySpan<int> ids, ref int at, TokenSpans output)
    {
        if (_odd.Count > 0)
        {
            foreach (var id in ids)
            {
                if (_odd.Contains(id))
                {
                    return false;
                }
            }
        }

        foreach (var id in ids)
        {
            var text = _vocabulary.Utf8Of(id);

            // A byte-level token has one character of its alphabet for each byte.
            var end = at + (_countsCharacters ? Encoding.UTF8.GetCharCount(text) : text.Length);
            output.Add(id, at, end);
            at = end;
        }

        return true;
    }
}
