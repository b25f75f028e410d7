using System.Text;

namespace Atropos.ChatTemplates.Tests;

/// <summary>The list of exceptions in docs/: what is not continued, or not quite as the full rendering has it, and why.</summary>
internal static class ExceptionList
{
    private static readonly (OutcomeKind Kind, string Title, string Text)[] Sections =
    [
        (OutcomeKind.RenderedAnew, "Rendered anew",
            "The whole conversation is rendered and starts a new branch, which `continuity_fallbacks` counts; nothing drifts."),
        (OutcomeKind.KeepsOpening, "Another opening",
            "The template opens an answer otherwise than it prints the same answer later. The opening that the model saw stays."),
        (OutcomeKind.KeepsEnd, "Another end",
            "The template ends an answer that is last otherwise than the same answer in history. The token that was sampled stays and is not doubled."),
        (OutcomeKind.KeepsAnswer, "Other marks",
            "The template prints marks of its own inside an answer, such as the ids of calls or a line end, only where others follow. What was sampled stays."),
    ];

    /// <summary>The list as it stands in docs/.</summary>
    public static string Of(IEnumerable<(string Template, string Shape, Outcome Outcome)> results)
    {
        var all = results.ToList();
        var text = new StringBuilder(
            """
            # Chat templates: exceptions

            Written by `tests/Conformance/ChatTemplates.Tests`, which fails where this list is not what it finds. For every template and shape of
            conversation, prompt n+1 is prompt n, completion n and a suffix, and what was not generated is what the template itself renders for the
            whole conversation, but for what is listed here. Thinking that a template drops from earlier turns stays everywhere; that is what
            `history_policy: append` is for.

            """.ReplaceLineEndings("\n"));
        foreach (var (kind, title, explanation) in Sections)
        {
            text.Append('\n').Append("## ").Append(title).Append("\n\n").Append(explanation).Append("\n\n| template | shapes | why |\n|---|---|---|\n");
            var rows = all.Where(result => result.Outcome.Kind == kind)
                .GroupBy(result => (result.Template, Reason: Short(result.Outcome.Detail)))
                .Select(group => (group.Key.Template, Shapes: string.Join(", ", group.Select(result => result.Shape).Distinct().Order(StringComparer.Ordinal)), group.Key.Reason))
                .GroupBy(row => (row.Shapes, row.Reason))
                .OrderBy(group => group.Min(row => row.Template), StringComparer.Ordinal);
            foreach (var group in rows)
            {
                var templates = string.Join(", ", group.Select(row => row.Template).Order(StringComparer.Ordinal));
                text.Append("| ").Append(templates).Append(" | ").Append(group.Key.Shapes).Append(" | ").Append(group.Key.Reason).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Short(string detail) =>
        detail.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
