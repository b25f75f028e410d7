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
    private readonly int _answer;
    private readonly StandIns _standIns;
    private readonly bool _keepHistory;
    private readonly HashSet<int> _given;

    // In the template's form.
    private JinjaDict[] _newMessages = [];

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
        _standIns = new StandIns(input.Messages);
    }

    /// <summary>Whether the renderings took so long that some were left out: then nothing of what came out holds.</summary>
    public bool TookTooLong { get; private set; }

    /// <summary>Renders around the answer.</summary>
    /// <returns>What stands around it, as it is seen with few renderings and with all that can tell; else none, and why nothing can be
    /// said.</returns>
    public (AnswerText[] Texts, string Refusal) TryRender()
    {
        foreach (var messages in Conversations())
        {
            var shaped = MessageShaper.Shape(messages, _template.Traits);
            var history = shaped[.._answer];
            _newMessages = shaped[(_answer + 1)..];
            var prompt = _keepHistory ? "" : TryRender(history, addGenerationPrompt: true);
            if (prompt is null)
            {
                continue;
            }

            foreach (var answer in Answers(shaped[_answer]))
            {
                if (Split(Follow(history, answer)) is not var (before, followed))
                {
                    continue;
                }

                // The first way that goes is the one that changes the conversation least: what it shows, holds.
                var stands = _keepHistory
                    || HistoryCheck.Stands(prompt, () => TryRender(history, addGenerationPrompt: false), before, _standIns);
                return stands ? (Texts(followed, history, answer), AnswerHidden) : ([], HistoryChanges);
            }
        }

        return (ByDifference() is { } text ? [text] : [], AnswerHidden);
    }

    /// <summary>The conversation with words in place of what was sampled; and with what was sampled before the answer, but for thoughts, in
    /// case the template refuses the words.</summary>
    private IEnumerable<JinjaDict[]> Conversations()
    {
        yield return [.. _input.Messages.Select((message, i) => i == _answer || IsSampled(message, i) ? WithWord(message, i) : message)];
        if (_input.Messages.Take(_answer).Where(IsSampled).Any())
        {
            yield return
            [
                .. _input.Messages.Select((message, i) => i == _answer ? WithWord(message, i)
                    : IsSampled(message, i) ? StandIns.WithoutThoughts(message)
                    : message),
            ];
        }
    }

    private JinjaDict WithWord(JinjaDict message, int index) =>
        StandIns.WithArguments(message, _standIns.Word(index)) ?? StandIns.WithWords(message, _standIns.Word(index));

    /// <summary>The answer with a word in it: in its last call's arguments, else as what it says.</summary>
    private IEnumerable<JinjaDict> Answers(JinjaDict answer)
    {
        yield return answer;
        if (answer.HasCalls())
        {
            yield return Shaped(StandIns.WithWords(answer, _standIns.Word(_answer)));
        }
    }

    /// <summary>What stands around the answer, behind no more than the last question, which is quickly rendered; and behind all of it.</summary>
    private AnswerText[] Texts(string followed, JinjaDict[] history, JinjaDict answer)
    {
        var question = Array.FindLastIndex(history, message => message.HasRole("user"));
        var whole = Text(followed, history, answer);
        if (question < 0)
        {
            return [whole];
        }

        JinjaDict[] near = question > 0 && IsSystem(history[0]) ? [history[0], history[question]] : [history[question]];
        return near.Length == history.Length ? [whole] : [Text(followed, near, answer), whole];
    }

    private AnswerText Text(string followed, JinjaDict[] history, JinjaDict answer) => answer.HasCalls()
        ? new AnswerText(
            followed,
            () => Close(history, answer),
            () => Split(Follow(history, OnlyWords()))?.After,
            () => Close(history, OnlyWords()))
        : new AnswerText(followed, () => Close(history, answer));

    private string? Follow(JinjaDict[] history, JinjaDict answer) =>
        TryRender([.. history, answer, .. _newMessages], _input.AddGenerationPrompt);

    private string? Close(JinjaDict[] history, JinjaDict answer) =>
        Split(TryRender([.. history, answer], addGenerationPrompt: false))?.After;

    private JinjaDict Shaped(JinjaDict message) => MessageShaper.Shape([message], _template.Traits)[0];

    /// <summary>An answer that is nothing but words.</summary>
    private JinjaDict OnlyWords() => Shaped(StandIns.WithWords(TemplateDict.Of(("role", "assistant")), _standIns.Word(_answer)));

    /// <summary>What the new messages add to a rendering that ends with the answer as it is.</summary>
    private AnswerText? ByDifference()
    {
        var messages = MessageShaper.Shape(_input.Messages, _template.Traits);
        var history = messages[.._answer];
        _newMessages = messages[(_answer + 1)..];
        if (TryRender(history, addGenerationPrompt: true) is not { } prompt
            || TryRender(messages[..(_answer + 1)], addGenerationPrompt: false) is not { } closed
            || TryRender(messages, _input.AddGenerationPrompt) is not { } followed
            || !closed.StartsWith(prompt, StringComparison.Ordinal)
            || !followed.StartsWith(prompt, StringComparison.Ordinal))
        {
            return null;
        }

        return new AnswerText(
            followed[prompt.Length..],
            () => closed[prompt.Length..],
            () => Split(Follow(history, OnlyWords()))?.After,
            () => Close(history, OnlyWords()));
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

    private (string Before, string After)? Split(string? text)
    {
        var word = _standIns.Word(_answer);
        var at = text?.IndexOf(word, StringComparison.Ordinal) ?? -1;
        return text is null || at < 0 || text.IndexOf(word, at + 1, StringComparison.Ordinal) >= 0
            ? null
            : (text[..at], text[(at + word.Length)..]);
    }

    private static bool IsSystem(JinjaDict message) => message.HasRole("system") || message.HasRole("developer");

    private bool IsSampled(JinjaDict message, int index) => index < _answer && message.HasRole("assistant") && !_given.Contains(index);
}
