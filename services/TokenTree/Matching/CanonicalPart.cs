namespace Atropos.TokenTree.Matching;

/// <summary>One part of a message's content.</summary>
/// <param name="Type">The part's type, such as <c>text</c>.</param>
/// <param name="Text">The text of a part of type <c>text</c>.</param>
/// <param name="Data">
/// Everything else that the prompt depends on, in any form that is equal for equal parts; null for none. Ignored in an echo.
/// </param>
public sealed record CanonicalPart(string Type, string? Text, string? Data = null)
{
    /// <summary>The type of a part that is plain text.</summary>
    public const string TextType = "text";
}
