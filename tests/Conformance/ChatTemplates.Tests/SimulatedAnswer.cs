using Atropos.ChatFormats.Continuations;

namespace Atropos.ChatTemplates.Tests;

/// <summary>What the model samples in a turn: what the template prints of the answer behind the opening, up to the turn's end.</summary>
/// <param name="Text">The text without the token that it ends with.</param>
/// <param name="SampledEnd">The token that it ends with; empty where it was cut off.</param>
/// <param name="Words">The answer's unmistakable word.</param>
/// <param name="Tail">What the template prints behind the word, as far as it was sampled, without the end.</param>
/// <param name="End">The token that it ends with, where that is one that the template prints.</param>
internal sealed record SimulatedAnswer(string Text, string SampledEnd, string Words, string Tail, string End)
{
    private static readonly string[] EndsOfCalls = ["<|call|>", "<|calls|>", "<|eom_id|>", "<|eom|>", "<|END_OF_TURN_TOKEN|>"];

    /// <summary>All of it, special tokens included.</summary>
    public string Sampled => Text + SampledEnd;

    public static SimulatedAnswer? Of(Simulation simulation, int turn)
    {
        var answer = simulation.Shape.Turns[turn].Answer!;
        var open = simulation.Render(turn, open: true);
        var closed = simulation.RenderClosed(turn);
        var common = OpeningIn(closed, open);
        var at = closed.IndexOf(answer.Words, common, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var tail = closed[(at + answer.Words.Length)..];
        var thought = ThoughtFor(open, closed[common..at]);
        var start = closed[common..at];
        var isCall = answer.Message.TryGet("tool_calls", out _);
        if (EndIn(simulation, turn, tail, isCall) is var (end, length) && length > 0)
        {
            tail = tail[..(length - end.Length)];
        }
        else
        {
            // The template closes nothing: what opens the next turn ends this one.
            end = OpenerBehind(simulation, turn, closed);
            tail = isCall ? tail.TrimEnd('\n') : "";
        }

        var sampledEnd = simulation.Ending switch
        {
            Ending.Sampled => end,
            Ending.Cut => "",
            _ => Simulation.ForeignEnd,
        };
        if (simulation.Ending != Ending.Sampled)
        {
            tail = isCall ? WithoutClosing(simulation, turn, tail) : "";
        }

        return new SimulatedAnswer(
            thought + start + answer.Words + tail, sampledEnd, answer.Words, tail, simulation.Ending == Ending.Sampled ? end : "");
    }

    /// <summary>How much of a rendering is the prompt with its opening; marks of thinking at the opening's end may be missing.</summary>
    private static int OpeningIn(string closed, string open)
    {
        var common = open.AsSpan().CommonPrefixLength(closed);
        for (var at = common; at > 0 && at > common - 40; at--)
        {
            if (ThinkingTags.AreAllOf(open.AsSpan(at)))
            {
                return at;
            }
        }

        return common;
    }

    /// <summary>The thinking that a model puts into a block that its prompt opens and that the template does not print.</summary>
    private static string ThoughtFor(string open, string printed)
    {
        var tag = open.TrimEnd();
        var at = tag.LastIndexOf('<');
        return ThinkingTags.OpensAtEndOf(open) && at >= 0 && !printed.Contains("think", StringComparison.Ordinal)
            ? "So it is.\n" + tag[at..].Replace("<", "</", StringComparison.Ordinal) + "\n\n"
            : "";
    }

    /// <summary>The token that ends the turn in what follows an answer's word, and how far it reaches: behind words the first one,
    /// behind a call the last of those that end turns.</summary>
    private static (string End, int Length) EndIn(Simulation simulation, int turn, string tail, bool isCall)
    {
        var tokens = simulation.Subject.SpecialTokens.Where(token => tail.Contains(token, StringComparison.Ordinal));
        if (!isCall)
        {
            var first = tokens.OrderBy(token => tail.IndexOf(token, StringComparison.Ordinal)).FirstOrDefault() ?? "";
            return (first, first.Length == 0 ? 0 : tail.IndexOf(first, StringComparison.Ordinal) + first.Length);
        }

        var plain = EndOfWords(simulation, turn);
        var last = tokens.Where(token => token == plain || EndsOfCalls.Contains(token))
            .OrderBy(token => tail.LastIndexOf(token, StringComparison.Ordinal)).LastOrDefault() ?? "";
        return (last, last.Length == 0 ? 0 : tail.LastIndexOf(last, StringComparison.Ordinal) + last.Length);
    }

    private static string EndOfWords(Simulation simulation, int turn) => EndIn(simulation, turn, ClosingOfWords(simulation, turn), isCall: false).End;

    private static string ClosingOfWords(Simulation simulation, int turn)
    {
        const string Word = "Plainword0z";
        var closed = simulation.RenderPlain(turn, Word);
        var at = closed.LastIndexOf(Word, StringComparison.Ordinal);
        return at < 0 ? "" : closed[(at + Word.Length)..];
    }

    /// <summary>A call's marks without what the template would close any answer with.</summary>
    private static string WithoutClosing(Simulation simulation, int turn, string tail)
    {
        var closing = ClosingOfWords(simulation, turn);
        while (true)
        {
            tail = tail.TrimEnd();
            var token = simulation.Subject.SpecialTokens.FirstOrDefault(
                token => tail.EndsWith(token, StringComparison.Ordinal) && closing.Contains(token, StringComparison.Ordinal));
            if (token is null)
            {
                return tail;
            }

            tail = tail[..^token.Length];
        }
    }

    private static string OpenerBehind(Simulation simulation, int turn, string closed)
    {
        var next = simulation.Render(turn + 1, open: true);
        return next.StartsWith(closed, StringComparison.Ordinal)
            ? simulation.Subject.SpecialTokens.FirstOrDefault(token => next.AsSpan(closed.Length).TrimStart('\n').StartsWith(token)) ?? ""
            : "";
    }
}
