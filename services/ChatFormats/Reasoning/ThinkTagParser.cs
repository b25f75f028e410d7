namespace Atropos.ChatFormats.Reasoning;

/// <summary>
/// Reasoning between two tags. Its first start tag is left out wherever it stands; text around it is kept.
/// </summary>
internal sealed class ThinkTagParser(ThinkTagOptions options, bool startsInsideThinking) : ReasoningParser
{
    private string _held = "";
    private bool _startSeen;
    private State _state = startsInsideThinking ? State.Reasoning : State.Undecided;

    private enum State
    {
        /// <summary>Nothing but white space so far: a start tag would open the reasoning.</summary>
        Undecided,
        Reasoning,
        ContentAfterReasoning,
        ContentOnly,
    }

    public override void Append(string text, List<OutputDelta> output)
    {
        var rest = _held.Length == 0 ? text : _held + text;
        _held = "";
        while (rest.Length > 0)
        {
            rest = _state switch
            {
                State.Undecided => Decide(rest),
                State.Reasoning => Reason(rest, output),
                State.ContentAfterReasoning when options.SwallowsFurtherEnds => Swallow(rest, output),
                _ => PassOn(rest, output),
            };
        }
    }

    public override void Finish(List<OutputDelta> output)
    {
        output.AddText(_state == State.Reasoning ? OutputDeltaKind.Reasoning : OutputDeltaKind.Content, _held);
        _held = "";
    }

    private static string PassOn(string text, List<OutputDelta> output)
    {
        output.AddText(OutputDeltaKind.Content, text);
        return "";
    }

    private string Decide(string text)
    {
        var begin = text.AsSpan().TrimStart();
        if (begin.StartsWith(options.Start, StringComparison.Ordinal))
        {
            _state = State.Reasoning;
            return text;
        }

        if (options.Start.AsSpan().StartsWith(begin, StringComparison.Ordinal))
        {
            _held = text;
            return "";
        }

        _state = State.ContentOnly;
        return text;
    }

    private string Reason(string text, List<OutputDelta> output)
    {
        string?[] markers = [options.End, options.Interrupter, _startSeen ? null : options.Start];
        var first = -1;
        var held = 0;
        string? found = null;
        foreach (var marker in markers)
        {
            if (marker is null)
            {
                continue;
            }

            var at = text.IndexOf(marker, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
            {
                (first, found) = (at, marker);
            }

            held = Math.Max(held, Markers.HeldBack(text, marker));
        }

        if (found is null)
        {
            output.AddText(OutputDeltaKind.Reasoning, text[..^held]);
            _held = text[^held..];
            return "";
        }

        output.AddText(OutputDeltaKind.Reasoning, text[..first]);
        if (found == options.Start)
        {
            _startSeen = true;
            return text[(first + found.Length)..];
        }

        _state = State.ContentAfterReasoning;
        return found == options.Interrupter ? text[first..] : text[(first + found.Length)..];
    }

    private string Swallow(string text, List<OutputDelta> output)
    {
        var found = text.IndexOf(options.End, StringComparison.Ordinal);
        if (found >= 0)
        {
            output.AddText(OutputDeltaKind.Content, text[..found]);
            return text[(found + options.End.Length)..];
        }

        var held = Markers.HeldBack(text, options.End);
        output.AddText(OutputDeltaKind.Content, text[..^held]);
        _held = text[^held..];
        return "";
    }
}
