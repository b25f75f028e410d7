namespace Atropos.ChatFormats.Templates;

/// <summary>A message has content that the template cannot take, such as an image for a model of text.</summary>
public sealed class MessageContentException : Exception
{
    internal MessageContentException(string field, string problem)
        : base(problem) => Field = field;

    /// <summary>Where it is in the message, such as <c>content[1].type</c>.</summary>
    public string Field { get; }
}
