using Atropos.ChatFormats.Continuations;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;
using Atropos.Tokenizers;

namespace Atropos.ChatTemplates.Tests;

/// <summary>
/// Plays a conversation with a model that answers as the template would print its answers, and continues each turn. What was put
/// together is then laid beside the full rendering.
/// </summary>
internal sealed class Simulation(TemplateCase subject, Tokenizer tokenizer, Shape shape, Ending ending, Random? cuts = null)
{
    public const string ForeignEnd = "<|foreign_end|>";

    private readonly List<int> _ids = [];
    private readonly List<string> _given = [];
    private readonly List<SimulatedAnswer> _answers = [];

    // Whether the whole text would be encoded as it was put together: not where an answer's beginning would merge with its prompt's end.
    private bool _isCanonical = true;

    public Outcome Run()
    {
        var last = shape.Turns.Count - 1;
        try
        {
            Give(Render(0, open: true));
            if (_ids.Count == 0)
            {
                // The gateway refuses it, and a decoder takes the first space from what it is given.
                return new Outcome(OutcomeKind.NotForTemplate, "renders to nothing");
            }

            for (var turn = 0; turn < last; turn++)
            {
                if (SimulatedAnswer.Of(this, turn) is not { } answer)
                {
                    return new Outcome(OutcomeKind.NotForTemplate, "does not print the answer");
                }

                _ids.AddRange(Sample(answer));
                _answers.Add(answer);
                var next = Render(turn + 1, open: true);
                var messages = shape.Messages(turn + 1, withAnswer: false);
                var matched = shape.Messages(turn, withAnswer: true).Count;
                var found = Continuation.Find(
                    subject.Template, tokenizer, Input(messages, open: true), matched, _ids.TakeLast(32).ToList(), keepHistory: false, out var refusal);
                if (found is null)
                {
                    return new Outcome(OutcomeKind.RenderedAnew, refusal!);
                }

                _given.Add(found.Text);
                _ids.AddRange(found.TokenIds);
                if (turn + 1 == last)
                {
                    return Compare(next);
                }
            }
        }
        catch (TemplateException error)
        {
            return new Outcome(OutcomeKind.NotForTemplate, error.Message);
        }

        throw new InvalidOperationException("a shape has at least two turns");
    }

    public Shape Shape => shape;

    public Ending Ending => ending;

    public TemplateCase Subject => subject;

    /// <summary>Renders up to what is given in a turn.</summary>
    public string Render(int turn, bool open) => subject.Template.Render(Input(shape.Messages(turn, withAnswer: false), open));

    /// <summary>Renders up to the answer of a turn.</summary>
    public string RenderClosed(int turn) => subject.Template.Render(Input(shape.Messages(turn, withAnswer: true), open: false));

    /// <summary>Renders up to an answer of nothing but words in place of a turn's own.</summary>
    public string RenderPlain(int turn, string words)
    {
        var messages = shape.Messages(turn, withAnswer: false);
        var answer = new JinjaDict(2);
        answer.Set("role", "assistant");
        answer.Set("content", words);
        messages.Add(answer);
        return subject.Template.Render(Input(messages, open: false));
    }

    private TemplateInput Input(List<JinjaDict> messages, bool open) =>
        new() { Messages = messages, Tools = shape.Tools, Arguments = shape.Arguments, AddGenerationPrompt = open };

    /// <summary>The ids that a model samples: those of the tokenizer, or others that spell the same.</summary>
    private IEnumerable<int> Sample(SimulatedAnswer answer)
    {
        if (cuts is null)
        {
            return Encode(answer.Sampled);
        }

        _isCanonical = false;
        var ids = new List<int>();
        var text = answer.Text;
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(cuts.Next(1, 12), text.Length - at);
            length += at + length < text.Length && char.IsLowSurrogate(text[at + length]) ? 1 : 0;
            ids.AddRange(EncodeBehind("\n", text.Substring(at, length)) ?? tokenizer.Encode(text.Substring(at, length), addSpecialTokens: false));
            at += length;
        }

        return ids.Concat(answer.SampledEnd.Length == 0 ? [] : tokenizer.Encode(answer.SampledEnd, addSpecialTokens: false));
    }

    private int[]? EncodeBehind(string left, string text)
    {
        var leftIds = tokenizer.Encode(left, addSpecialTokens: false);
        var ids = tokenizer.Encode(left + text, addSpecialTokens: false);
        return ids.AsSpan().StartsWith(leftIds) ? ids[leftIds.Length..] : null;
    }

    /// <summary>The ids that the tokenizer gives a text behind what there is already.</summary>
    private int[] Encode(string text)
    {
        if (EncodeBehind(Put(), text) is { } ids)
        {
            return ids;
        }

        _isCanonical = false;
        return EncodeBehind("\n", text) ?? tokenizer.Encode(text, addSpecialTokens: false);
    }

    private string Put() =>
        string.Concat(_given.Zip(_answers.Select(answer => answer.Sampled).Append("")).Select(pair => pair.First + pair.Second));

    private void Give(string prompt)
    {
        _given.Add(prompt);
        _ids.AddRange(tokenizer.Encode(prompt, addSpecialTokens: false));
    }

    private Outcome Compare(string full)
    {
        var comparison = new Comparison(full);
        for (var i = 0; i < _given.Count; i++)
        {
            var opening = OpeningOf(i);
            var problem = i < _answers.Count ? comparison.Take(_given[i], opening, _answers[i]) : comparison.TakeLast(_given[i]);
            if (problem is not null)
            {
                return new Outcome(OutcomeKind.Wrong, problem);
            }
        }

        var put = Put();
        return Spelling(put) is { } wrong ? new Outcome(OutcomeKind.Wrong, wrong)
            : put == full ? new Outcome(OutcomeKind.Equal) : comparison.Kept;
    }

    /// <summary>What is wrong with the ids; null where they are those of the text.</summary>
    private string? Spelling(string put)
    {
        var ids = tokenizer.Encode(put, addSpecialTokens: false);
        if (ids.AsSpan().SequenceEqual([.. _ids]))
        {
            return null;
        }

        // What closes a cut answer may merge with its end in a whole text.
        if (!_isCanonical || ending == Ending.Cut || _answers.Exists(answer => answer.End.Length == 0))
        {
            var text = tokenizer.Decode(ids, skipSpecialTokens: false);
            return text != put || tokenizer.Decode([.. _ids], skipSpecialTokens: false) == put ? null : $"the ids spell another text: {Spell(_ids)}";
        }

        return $"the ids are {Spell(_ids)} and those of the text {Spell(ids)}";
    }

    private string Spell(IEnumerable<int> ids) => string.Join('|', ids.TakeLast(40).Select(tokenizer.IdToToken));

    /// <summary>The opening of an answer that a prompt ends with.</summary>
    private string OpeningOf(int turn)
    {
        var open = Render(turn, open: true);
        var bare = Render(turn, open: false);
        return open[open.AsSpan().CommonPrefixLength(bare)..];
    }
}
