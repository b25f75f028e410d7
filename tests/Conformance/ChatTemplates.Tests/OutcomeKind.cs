namespace Atropos.ChatTemplates.Tests;

/// <summary>How a conversation fared that was continued turn by turn.</summary>
internal enum OutcomeKind
{
    /// <summary>Every turn was continued; the whole prompt is the full rendering, token by token.</summary>
    Equal,

    /// <summary>Every turn was continued; the whole prompt is the full rendering but for thinking, which stays as it was generated.</summary>
    KeepsThinking,

    /// <summary>The same, but for the token that an answer ended with, too: it stays where the full rendering has another or none.</summary>
    KeepsEnd,

    /// <summary>The same, but for the opening of an answer, too: the template opens one otherwise than it prints it later.</summary>
    KeepsOpening,

    /// <summary>The same, but for an answer's own marks, too: the template prints them otherwise once others follow.</summary>
    KeepsAnswer,

    /// <summary>A turn was rendered anew, with a reason.</summary>
    RenderedAnew,

    /// <summary>The template does not print what the assistant does in this shape, or refuses the conversation.</summary>
    NotForTemplate,

    /// <summary>A turn was continued with something else than what the full rendering has.</summary>
    Wrong,
}
