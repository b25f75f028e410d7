using Atropos.ChatFormats.Continuations;

namespace Atropos.ChatTemplates.Tests;

/// <summary>Walks through a full rendering, beside the pieces that a continued prompt was put together from.</summary>
internal sealed class Comparison(string full)
{
    // How far an answer's own marks may reach that are printed otherwise than they were sampled.
    private const int LongestMarks = 120;

    private int _at;
    private bool _isBehindOtherMarks;

    /// <summary>What stays otherwise than the full rendering has it.</summary>
    public Outcome Kept { get; private set; } = new(OutcomeKind.KeepsThinking);

    /// <summary>Takes what was given before an answer, and the answer. Between the two only the opening of the answer may differ, by
    /// thinking.</summary>
    public string? Take(string given, string opening, SimulatedAnswer answer)
    {
        var core = given.EndsWith(opening, StringComparison.Ordinal) ? given[..^opening.Length] : given;
        SkipMarksBefore(core);
        if (!ThinkingTags.StartsWithButForTags(full.AsSpan(_at), core))
        {
            return Differs(core);
        }

        _at += full.AsSpan(_at).CommonPrefixLength(core);
        var words = full.IndexOf(answer.Words, _at, StringComparison.Ordinal);
        if (words < 0)
        {
            return $"the answer {answer.Words} is not in the full rendering";
        }

        var printed = full.AsSpan(_at, words - _at);
        if (!ThinkingTags.StartsWithButForTags(printed, opening))
        {
            Kept = new Outcome(OutcomeKind.KeepsOpening, $"opens with {Show(opening)} what it prints as {Show(printed.ToString())}");
        }

        _at = words + answer.Words.Length;
        if (full.AsSpan(_at).StartsWith(answer.Tail))
        {
            _at += answer.Tail.Length;
            TakeEnd(answer.End);
        }
        else
        {
            Kept = new Outcome(OutcomeKind.KeepsAnswer, $"ends an answer with {Show(answer.Tail)} and prints it otherwise");
            _isBehindOtherMarks = true;
        }

        return null;
    }

    private void SkipMarksBefore(string core)
    {
        if (_isBehindOtherMarks && full.AsSpan(_at, Math.Min(LongestMarks + core.Length, full.Length - _at)).IndexOf(core) is var marks and >= 0)
        {
            _at += marks;
        }

        _isBehindOtherMarks = false;
    }

    private void TakeEnd(string end)
    {
        var rest = full.AsSpan(_at).TrimStart();
        if (rest.StartsWith(end))
        {
            _at = end.Length == 0 ? _at : full.Length - rest.Length + end.Length;
            return;
        }

        var printed = TurnEnds.LikeEndsOf(end).FirstOrDefault(other => full.AsSpan(_at).StartsWith(other)) ?? "";
        Kept = new Outcome(OutcomeKind.KeepsEnd, $"ends with {Show(end)} what it prints with {Show(printed)}");
        _at += printed.Length;
    }

    /// <summary>Takes what comes last: nothing may follow it.</summary>
    public string? TakeLast(string given)
    {
        SkipMarksBefore(given);
        return full.AsSpan(_at).SequenceEqual(given) ? null : Differs(given);
    }

    private string Differs(string given)
    {
        var common = full.AsSpan(_at).CommonPrefixLength(given);
        return $"{Show(given[common..])} where the full rendering has {Show(full[(_at + common)..])}";
    }

    private static string Show(string text) => "'" + (text.Length > 120 ? text[..120] + "…" : text).Replace("\n", "\\n", StringComparison.Ordinal) + "'";
}
