using System.Text.RegularExpressions;

namespace Atropos.ModelTrainer;

/// <summary>Splits text at added tokens, and the rest into words that no merge crosses.</summary>
internal sealed partial class PreTokenizer
{
    /// <summary>The pattern that goes into tokenizer.json: the one that Qwen's tokenizers use.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private readonly Regex _added;

    public PreTokenizer(IEnumerable<AddedToken> added)
    {
        _added = new Regex(string.Join('|', added.Select(token => Regex.Escape(token.Content))), RegexOptions.CultureInvariant);
    }

    /// <summary>Calls back for each piece in order: its text, and whether it is an added token.</summary>
    public void Split(string text, Action<string, bool> piece)
    {
        var position = 0;
        foreach (Match added in _added.Matches(text))
        {
            SplitWords(text[position..added.Index], piece);
            piece(added.Value, true);
            position = added.Index + added.Length;
        }

        SplitWords(text[position..], piece);
    }

    private static void SplitWords(string text, Action<string, bool> piece)
    {
        foreach (var word in WordPattern().EnumerateMatches(text))
        {
            piece(text.Substring(word.Index, word.Length), false);
        }
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
