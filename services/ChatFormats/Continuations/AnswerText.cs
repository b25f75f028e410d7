namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// A rendering around an answer: what a template puts behind the place where the answer's words stand. From it follows the text
/// that continues the answer, for each way in which the answer can have ended.
/// </summary>
internal sealed class AnswerText
{
    // How much of the end of a call tells where it ends: `</tool_call>`, `<|calls|>`, `"}}]`.
    private const int ShortestMark = 4;
    private const int LongestMark = 32;

    private readonly Lazy<string?> _closed;
    private readonly Lazy<string?> _followedWords;
    private readonly Lazy<string?> _closedWords;

    /// <summary>Describes a rendering. The delegates are asked at most once each, and only where they are needed.</summary>
    /// <param name="followed">What follows the answer's words where the new messages come behind it.</param>
    /// <param name="closed">What follows the answer's words where it is the last message: the rest of the answer and its closing; null
    /// where the template renders no conversation that ends with it.</param>
    public AnswerText(string followed, Func<string?> closed)
    {
        Followed = followed;
        _closed = new Lazy<string?>(closed);
        _followedWords = new Lazy<string?>(followed);
        _closedWords = new Lazy<string?>("");
    }

    /// <summary>Describes a rendering in which a part of the answer itself, such as tool calls, comes behind its words.</summary>
    /// <param name="followed">See above.</param>
    /// <param name="closed">See above.</param>
    /// <param name="followedWords">What would follow if the answer were nothing but words; null where that is not rendered.</param>
    /// <param name="closedWords">The same where the answer is the last message.</param>
    public AnswerText(string followed, Func<string?> closed, Func<string?> followedWords, Func<string?> closedWords)
        : this(followed, closed)
    {
        HasRest = true;
        _followedWords = new Lazy<string?>(followedWords);
        _closedWords = new Lazy<string?>(closedWords);
    }

    private string Followed { get; }

    private bool HasRest { get; }

    /// <summary>Gives what follows what was sampled.</summary>
    /// <param name="end">The special token that the sampled ids end with; null where the answer was cut short.</param>
    /// <param name="sameEnds">Tokens that end a turn as <paramref name="end"/> does.</param>
    /// <param name="sampled">The text of the last sampled ids.</param>
    /// <param name="lastSpecialToken">Gives the last special token in a text; null where it has none.</param>
    /// <param name="mayGuess">Whether <paramref name="end"/> may be none of the template's, and calls may be told from the closing by how
    /// they read; otherwise both have to be found.</param>
    /// <returns>The text; null where it cannot be told where the answer ends in the rendering.</returns>
    public string? After(
        string? end, IEnumerable<string> sameEnds, string sampled, Func<string, string?> lastSpecialToken, bool mayGuess)
    {
        if (string.IsNullOrEmpty(end))
        {
            return AfterRest(sampled, lastSpecialToken, mayGuess);
        }

        // What comes first behind the answer may be the end that was sampled, another in its place, or the opening of the turn that
        // follows, where the same token does both.
        string[] ends = [end, .. sameEnds];
        var rest = AfterRest(sampled.EndsWith(end, StringComparison.Ordinal) ? sampled[..^end.Length] : sampled, lastSpecialToken, mayGuess);
        var first = rest.AsSpan().TrimStart();
        foreach (var token in ends)
        {
            if (first.StartsWith(token))
            {
                return first[token.Length..].ToString();
            }
        }

        foreach (var token in ends)
        {
            if (AfterEnd(token) is { } text)
            {
                return text;
            }
        }

        // It is none of the template's: it stays, and what the template puts behind an answer follows it.
        return mayGuess ? rest : null;
    }

    /// <summary>What follows a token in the answer and its closing; the same token further on belongs to other turns.</summary>
    private string? AfterEnd(string token)
    {
        if (_closed.Value is not { } closed)
        {
            return null;
        }

        var at = HasRest ? closed.LastIndexOf(token, StringComparison.Ordinal) : closed.IndexOf(token, StringComparison.Ordinal);
        return at < 0 ? null : Behind(closed.AsSpan(0, at + token.Length));
    }

    /// <summary>What follows the answer, its tool calls included.</summary>
    private string? AfterRest(string sampled, Func<string, string?> lastSpecialToken, bool mayGuess)
    {
        if (!HasRest)
        {
            return Followed;
        }

        if (_followedWords.Value is { } words && Followed.EndsWith(words, StringComparison.Ordinal))
        {
            return BehindRest(Followed.AsSpan(0, Followed.Length - words.Length), sampled);
        }

        if (_closed.Value is not { } closed)
        {
            return null;
        }

        return _closedWords.Value is { } closing && closed.EndsWith(closing, StringComparison.Ordinal)
            ? BehindRest(closed.AsSpan(0, closed.Length - closing.Length), sampled)
            : !mayGuess ? null
            : BehindSampled(closed, sampled, lastSpecialToken) ?? BeforeLastSpecialToken(closed, sampled, lastSpecialToken);
    }

    private string? BehindRest(ReadOnlySpan<char> rest, ReadOnlySpan<char> sampled)
    {
        // White space between calls and closing is the closing's where it was not sampled.
        var marks = rest.TrimEnd();
        var space = rest[marks.Length..];
        while (!space.IsEmpty && !sampled.EndsWith(space))
        {
            space = space[..^1];
        }

        return Behind(rest[..(marks.Length + space.Length)]);
    }

    /// <summary>What follows the place in the rendering that reads as the sampled text ends: calls end in marks of their own.</summary>
    private string? BehindSampled(string closed, string sampled, Func<string, string?> lastSpecialToken)
    {
        // Two tokens may end alike: one that was sampled has to be found whole.
        var token = lastSpecialToken(sampled);
        var shortest = token is not null && sampled.EndsWith(token, StringComparison.Ordinal) ? Math.Max(token.Length, ShortestMark) : ShortestMark;
        for (var length = Math.Min(sampled.Length, Math.Max(LongestMark, shortest)); length >= shortest; length--)
        {
            var mark = sampled.AsSpan()[^length..];
            var at = closed.AsSpan().LastIndexOf(mark);
            if (at >= 0 && mark.Trim().Length >= ShortestMark)
            {
                return Behind(closed.AsSpan(0, at + length));
            }
        }

        return null;
    }

    /// <summary>Where nothing else tells the closing from the calls: it is the last special token and what follows that.</summary>
    private string? BeforeLastSpecialToken(string closed, string sampled, Func<string, string?> lastSpecialToken)
    {
        if (lastSpecialToken(closed) is not { } token || sampled.AsSpan().TrimEnd().EndsWith(token))
        {
            return null;
        }

        // A tokenizer that changes text before it looks for its tokens finds them where they are not written.
        var at = closed.LastIndexOf(token, StringComparison.Ordinal);
        return at < 0 ? null : BehindRest(closed.AsSpan(0, at), sampled);
    }

    private string? Behind(ReadOnlySpan<char> text) => Followed.AsSpan().StartsWith(text) ? Followed[text.Length..] : null;
}
