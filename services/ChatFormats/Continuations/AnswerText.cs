namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// A rendering around an answer: what a template puts behind the place where the answer's words stand. From it follows the text
/// that continues the answer, for each way in which the answer can have ended.
/// </summary>
internal sealed record AnswerText
{
    /// <summary>What follows the answer's words where the new messages come behind it.</summary>
    public required string Followed { get; init; }

    /// <summary>What follows the answer's words where it is the last message: the rest of the answer and its closing; null where the
    /// template renders no conversation that ends with it.</summary>
    public required string? Closed { get; init; }

    /// <summary>The closing of an answer that is nothing but words; null where unknown.</summary>
    public required string? Closing { get; init; }

    /// <summary>Whether a part of the answer itself comes before the closing, as its tool calls do.</summary>
    public required bool HasRest { get; init; }

    /// <summary>Gives what follows what was sampled.</summary>
    /// <param name="end">The special token that the sampled ids end with; null where the answer was cut short.</param>
    /// <param name="sameEnds">Tokens that end a turn as <paramref name="end"/> does.</param>
    /// <returns>The text; null where it cannot be told where the answer ends in the rendering.</returns>
    public string? After(string? end, IEnumerable<string> sameEnds)
    {
        if (string.IsNullOrEmpty(end))
        {
            return AfterRest();
        }

        foreach (var token in sameEnds.Prepend(end))
        {
            if (AfterEnd(token) is { } text)
            {
                return text;
            }
        }

        // The token may be the opening of the turn that follows. Otherwise it is none of the template's: it stays, and what the
        // template puts behind an answer follows it.
        var rest = AfterRest();
        return rest is not null && rest.StartsWith(end, StringComparison.Ordinal) ? rest[end.Length..] : rest;
    }

    private string? AfterEnd(string token)
    {
        // Only within the answer and its closing: the same token further on belongs to other turns.
        if (Closed is null)
        {
            return null;
        }

        var at = HasRest ? Closed.LastIndexOf(token, StringComparison.Ordinal) : Closed.IndexOf(token, StringComparison.Ordinal);
        return at < 0 ? null : Behind(Closed.AsSpan(0, at + token.Length));
    }

    private string? AfterRest()
    {
        if (!HasRest)
        {
            return Followed;
        }

        return Closed is not null && Closing is not null && Closed.EndsWith(Closing, StringComparison.Ordinal)
            ? Behind(Closed.AsSpan(0, Closed.Length - Closing.Length))
            : null;
    }

    private string? Behind(ReadOnlySpan<char> text) => Followed.AsSpan().StartsWith(text) ? Followed[text.Length..] : null;
}
