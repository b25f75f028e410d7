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
            (OutcomeKind.Text, OutcomeKind.Text) => WithoutAddresses(original.Text) == WithoutAddresses(ours.Text) ? null : "text",
            (OutcomeKind.Text, _) => $"ours fails alone: {ours.Kind}",
            (_, OutcomeKind.Text) => $"the original fails alone: {original.Kind}",
            (OutcomeKind.Raised, OutcomeKind.Raised) => WithoutAddresses(original.Text) == WithoutAddresses(ours.Text) ? null : "raised message",
            (OutcomeKind.Raised, _) or (_, OutcomeKind.Raised) => "raised by one",
            (OutcomeKind.Syntax, OutcomeKind.Syntax) => Same(original.Text, ours.Text) ? null : "syntax message",
            _ => null,
        };
        return sort is null ? null : (sort, $"{sort}\n  original {Show(original)}\n  ours     {Show(ours)}");
    }

    /// <summary>Whether there is nothing to compare: too much work for one of the two, or what is wrong in the original.</summary>
    public static bool IsDropped(Outcome original, Outcome ours) =>
        original.Kind == OutcomeKind.Dropped || ours.Kind == OutcomeKind.Dropped || IsWrong(original, ours);

    // Faults of the original, which no template that works can lean on.
    private static bool IsWrong(Outcome original, Outcome ours) => original.Kind switch
    {
        // Its compiler writes infinity and NaN as names that Python does not have, and forgets names in the filters of a set block.
        OutcomeKind.Failed => original.Text is "NameError: name 'inf' is not defined" or "NameError: name 'nan' is not defined"
            || original.Text.StartsWith("AssertionError: Tried to resolve a name to a reference", StringComparison.Ordinal),

        // It takes a wrong slice of a literal, when there is nothing but literals around it, for undefined, and does not look for filters and tests
        // behind an "and" or "or" that a literal decides.
        OutcomeKind.Text or OutcomeKind.Raised => ours.Kind == OutcomeKind.Failed
                && (ours.Text.StartsWith("TypeError: slice indices must be", StringComparison.Ordinal)
                    || ours.Text.EndsWith("object is not subscriptable", StringComparison.Ordinal))
            || (ours.Kind == OutcomeKind.Syntax && IsUnknownName(ours.Text)),
        _ => false,
    };

    // Where an object lies, as its text tells, also where a filter has put something between the characters.
    [GeneratedRegex(@"(?i)a\W*t(%20|\W)*0\W*x(\W*[0-9a-f])+")]
    private static partial Regex Address();

    private static string WithoutAddresses(string text) => Address().Replace(text, "0x");

    // What a target is that cannot be assigned to is named by the class of its node.
    // Jinja2 compiles before Python does, and finds unknown filters and tests then, which ours do when they are used.
    private static bool Same(string original, string ours) => original == ours
        || IsUnknownName(original)
        || (original.StartsWith("can't assign to", StringComparison.Ordinal) && ours.StartsWith("can't assign to", StringComparison.Ordinal));

    private static bool IsUnknownName(string message) =>
        message.StartsWith("No filter named ", StringComparison.Ordinal) || message.StartsWith("No test named ", StringComparison.Ordinal);

    private static string Show(Outcome outcome) =>
        $"{outcome.Kind} {JsonSerializer.Serialize(outcome.Text.Length > 800 ? outcome.Text[..800] : outcome.Text, Readable)}";
}
