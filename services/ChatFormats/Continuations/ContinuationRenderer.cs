using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// Finds the text that continues a node: what the template puts after the sampled answer, the messages that follow it, and the
/// opening of the next answer. The answer itself is never rendered again; a word stands in for it, and what comes after the word is
/// the continuation. It is given only where the template renders the messages before the answer as it did when it was sampled, unless
/// what was sent shall stay in any case.
/// </summary>
internal sealed class ContinuationRenderer
{
    public const string HistoryChanges = "The chat template renders earlier messages otherwise once others follow.";
    public const string AnswerHidden = "The chat template does not let the text after an answer be told apart from the answer.";

    public const string TooSlow = "The chat template takes too long to find out what follows an answer.";

    /// <summary>All renderings for one continuation begin within this time; each has a limit of its own beside.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);

    private readonly long _start;
    private readonly ChatTemplate _template;
    private readonly TemplateInput _input;
    private readonly JinjaDict[] _messages;
    private readonly int _answer;
    private readonly StandIns _standIns;
    private readonly bool _keepHistory;
    private readonly HashSet<int> _given;

    /// <summary>Prepares the search.</summary>
    /// <param name="template">The template.</param>
    /// <param name="input">The whole conversation.</param>
    /// <param name="matchedMessages">How many of its messages the node covers; the last of them is the sampled answer.</param>
    /// <param name="givenMessages">Positions of assistants' messages that were not sampled.</param>
    /// <param name="keepHistory">Whether earlier messages may be rendered otherwise now.</param>
    public ContinuationRenderer(ChatTemplate template, TemplateInput input, int matchedMessages, IReadOnlyCollection<int> givenMessages, bool keepHistory)
    {
        _keepHistory = keepHistory;
        _given = [.. givenMessages];
        _template = template;
        _start = template.Clock.GetTimestamp();
        _input = input;
        _answer = matchedMessages - 1;
        _messages = MessageShaper.Shape(input.Messages, template.Traits);
        _standIns = new StandIns(_messages, template.Traits);
    }

    /// <summary>Whether the renderings took so long that some were left out: then nothing of what came out holds.</summary>
    public bool TookTooLong { get; private set; }

    /// <summary>Renders around the answer.</summary>
    /// <returns>What stands around it; else why nothing can be said.</returns>
    public (AnswerText? Text, string Refusal) TryRender()
    {
        foreach (var history in Histories())
        {
            if (TryRender(history, addGenerationPrompt: true) is not { } prompt)
            {
                continue;
            }

            foreach (var answer in Answers())
            {
                if (AroundAnswer(history, answer) is not { } around)
                {
                    continue;
                }

                // The first way that goes is the one that changes the conversation least: what it shows, holds.
                var stands = _keepHistory || HistoryCheck.Stands(
                    prompt, () => TryRender(history, addGenerationPrompt: false), around.Before, _standIns);
                return stands ? (around.Text, "") : (null, HistoryChanges);
            }
        }

        return (ByDifference(), AnswerHidden);
    }

    /// <summary>The messages before the answer, with words in place of what was sampled; and as they are, but for thoughts, in case
    /// the template refuses the words.</summary>
    private IEnumerable<JinjaDict[]> Histories()
    {
        var history = _messages[.._answer];
        yield return [.. history.Select((message, i) => IsSampled(message, i) ? WithWord(message, i) : message)];
        if (history.Where(IsSampled).Any())
        {
            yield return [.. history.Select((message, i) => IsSampled(message, i) ? StandIns.WithoutThoughts(message) : message)];
        }
    }

    private JinjaDict WithWord(JinjaDict message, int index) =>
        StandIns.WithArguments(message, _standIns.Word(index)) ?? _standIns.WithWords(message, _standIns.Word(index));

    /// <summary>The answer with a word in it: in its last call's arguments, else as what it says.</summary>
    private IEnumerable<JinjaDict> Answers()
    {
        var answer = _messages[_answer];
        yield return WithWord(answer, _answer);
        if (HasCalls(answer))
        {
            yield return _standIns.WithWords(answer, _standIns.Word(_answer));
        }
    }

    private (string Before, AnswerText Text)? AroundAnswer(JinjaDict[] history, JinjaDict answer)
    {
        if (Followed(history, answer) is not var (before, followed))
        {
            return null;
        }

        return (before, HasCalls(answer)
            ? new AnswerText(
                followed,
                () => Closed(history, answer),
                () => Followed(history, OnlyWords())?.After,
                () => Closed(history, OnlyWords()))
            : new AnswerText(followed, () => Closed(history, answer)));
    }

    private (string Before, string After)? Followed(JinjaDict[] history, JinjaDict answer) =>
        Split(TryRender([.. history, answer, .. _messages[(_answer + 1)..]], _input.AddGenerationPrompt), _standIns.Word(_answer));

    private string? Closed(JinjaDict[] history, JinjaDict answer) =>
        Split(TryRender([.. history, answer], addGenerationPrompt: false), _standIns.Word(_answer))?.After;

    /// <summary>An answer that is nothing but words.</summary>
    private JinjaDict OnlyWords() => _standIns.WithWords(TemplateDict.Of(("role", "assistant")), _standIns.Word(_answer));

    /// <summary>What the new messages add to a rendering that ends with the answer as it is.</summary>
    private AnswerText? ByDifference()
    {
        var history = _messages[.._answer];
        if (TryRender(history, addGenerationPrompt: true) is not { } prompt
            || TryRender(_messages[..(_answer + 1)], addGenerationPrompt: false) is not { } closed
            || TryRender(_messages, _input.AddGenerationPrompt) is not { } followed
            || !closed.StartsWith(prompt, StringComparison.Ordinal)
            || !followed.StartsWith(prompt, StringComparison.Ordinal))
        {
            return null;
        }

        return new AnswerText(
            followed[prompt.Length..],
            () => closed[prompt.Length..],
            () => Followed(history, OnlyWords())?.After,
            () => Closed(history, OnlyWords()));
    }

    private string? TryRender(IReadOnlyList<JinjaDict> messages, bool addGenerationPrompt)
    {
        TookTooLong |= _template.Clock.GetElapsedTime(_start) > MostTime;
        if (TookTooLong)
        {
            return null;
        }

        try
        {
            return _template.RenderShaped(messages, _input, addGenerationPrompt);
        }
        catch (TemplateException error) when (error is not TemplateLimitException)
        {
            // The template refuses the words that stand in (some want an answer to be of a certain form): the next way is tried.
            return null;
        }
    }

    private static (string Before, string After)? Split(string? text, string word)
    {
        var at = text?.IndexOf(word, StringComparison.Ordinal) ?? -1;
        return text is null || at < 0 || text.IndexOf(word, at + 1, StringComparison.Ordinal) >= 0
            ? null
            : (text[..at], text[(at + word.Length)..]);
    }

    private bool IsSampled(JinjaDict message, int index) => IsAssistant(message) && !_given.Contains(index);

    private static bool IsAssistant(JinjaDict message) => message.TryGet("role", out var role) && role is "assistant";

    private static bool HasCalls(JinjaDict message) => message.TryGet("tool_calls", out var calls) && calls is JinjaList { Count: > 0 };
}
