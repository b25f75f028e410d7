using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Atropos.TemplateFuzz.Tests.Oracle;

namespace Atropos.TemplateFuzz.Tests.Running;

/// <summary>Tells whether two outcomes are the same.</summary>
internal static partial class Comparison
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A difference's sort and its description; null where there is none.</summary>
    public static (string Sort, string Description)? Difference(Outcome original, Outcome ours)
    {
        if (ours.Kind == OutcomeKind.Broken)
        {
            return ("ours breaks", $"ours breaks: {ours.Text}");
        }

        var sort = (original.Kind, ours.Kind) switch
        {
            (OutcomeKind.Text, OutcomeKind.Text) => original.Text == ours.Text ? null : "text",
            (OutcomeKind.Text, _) => $"ours fails alone: {ours.Kind}",
            (_, OutcomeKind.Text) => $"the original fails alone: {original.Kind}",
            (OutcomeKind.Raised, OutcomeKind.Raised) => original.Text == ours.Text ? null : "raised message",
            (OutcomeKind.Raised, _) or (_, OutcomeKind.Raised) => "raised by one",
            (OutcomeKind.Syntax, OutcomeKind.Syntax) => Same(original.Text, ours.Text) ? null : "syntax message",
            _ => null,
        };
        return sort is null ? null : (sort, $"{sort}\n  original {Show(original)}\n  ours     {Show(ours)}");
    }

    /// <summary>Whether there is nothing to compare: too much work for one of the two, or an address of an object in the text.</summary>
    public static bool IsDropped(Outcome original, Outcome ours) =>
        original.Kind == OutcomeKind.Dropped || ours.Kind == OutcomeKind.Dropped || Address().IsMatch(original.Text);

    [GeneratedRegex("(?i)at 0x[0-9a-f]{6,}|%200x[0-9a-f]{6,}")]
    private static partial Regex Address();

    // Jinja2 3.1.2 words a few of its messages otherwise than 3.1.6, and names tokens by their kinds in some.
    private static bool Same(string original, string ours) => original == ours;

    private static string Show(Outcome outcome) =>
        $"{outcome.Kind} {JsonSerializer.Serialize(outcome.Text.Length > 800 ? outcome.Text[..800] : outcome.Text, Readable)}";
}
