using Atropos.SessionTracker.Errors;
using OpenAI.V1;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>Fields without which there is nothing to do.</summary>
internal static class RequiredFields
{
    /// <summary>A text, which may be empty.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT where it was not given.</exception>
    public static string Text(bool given, string text, string field) =>
        given ? text : throw TrackerErrors.Invalid(field, "is missing; give a text.");

    /// <summary>Ids, which may be none.</summary>
    /// <exception cref="Exception">INVALID_ARGUMENT where they were not given.</exception>
    public static IReadOnlyList<int> Ids(TokenIds? ids, string field) =>
        ids?.Ids ?? throw TrackerErrors.Invalid(field, "is missing; give a list of token ids.");
}
