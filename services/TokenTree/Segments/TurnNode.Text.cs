namespace Atropos.TokenTree.Segments;

public sealed partial class TurnNode
{
    // Holding only what the text adds to the parent's keeps memory proportional to the session's new text.
    private NodeText? _text;

    /// <summary>Whether <see cref="FullText"/> is known.</summary>
    public bool HasText => Volatile.Read(ref _text) is not null;

    /// <summary>The text of all tokens of the path, special tokens included; null where it has not been set. Builds a string.</summary>
    public string? FullText
    {
        get
        {
            if (Volatile.Read(ref _text) is not { } text)
            {
                return null;
            }

            return string.Create(text.Length, this, static (buffer, node) =>
            {
                for (var owner = node; ; owner = owner.Parent!)
                {
                    var own = owner._text!;
                    own.Tail.CopyTo(buffer[(own.Length - own.Tail.Length)..]);
                    if (!own.FollowsParent)
                    {
                        break;
                    }
                }
            });
        }
    }

    /// <summary>Keeps the text of the path for <see cref="FullText"/> and text matching. What was set first stays.</summary>
    /// <param name="fullText">The text of all tokens of the path, special tokens included.</param>
    public void SetFullText(string fullText)
    {
        ArgumentNullException.ThrowIfNull(fullText);
        var followsParent = Parent is { HasText: true } && Parent.TextIsPrefixOf(fullText);
        var tail = followsParent ? fullText[Parent!._text!.Length..] : fullText;
        Interlocked.CompareExchange(ref _text, new NodeText(fullText.Length, tail, followsParent), null);
    }

    /// <summary>Length of the text; only where <see cref="HasText"/>.</summary>
    internal int TextLength => _text!.Length;

    /// <summary>Whether the text is the beginning of <paramref name="text"/>; only where <see cref="HasText"/>.</summary>
    internal bool TextIsPrefixOf(ReadOnlySpan<char> text)
    {
        if (text.Length < TextLength)
        {
            return false;
        }

        for (var owner = this; ; owner = owner.Parent!)
        {
            var own = owner._text!;
            if (!text[(own.Length - own.Tail.Length)..own.Length].SequenceEqual(own.Tail))
            {
                return false;
            }

            if (!own.FollowsParent)
            {
                return true;
            }
        }
    }

    /// <summary>
    /// The same, given whether the parent's text is such a beginning, so that a walk from the roots looks at each text once.
    /// </summary>
    internal bool TextIsPrefixOf(ReadOnlySpan<char> text, bool parentMatches)
    {
        var own = _text!;
        if (!own.FollowsParent)
        {
            return text.StartsWith(own.Tail, StringComparison.Ordinal);
        }

        return parentMatches && text.Length >= own.Length && text[(own.Length - own.Tail.Length)..own.Length].SequenceEqual(own.Tail);
    }

    /// <summary>
    /// Whether a node that extends this one can have text that begins otherwise: only where the tokens end inside a character.
    /// </summary>
    internal bool TextEndsInReplacement => _text is { Tail: [.., '\uFFFD'] };

    private sealed record NodeText(int Length, string Tail, bool FollowsParent);
}
