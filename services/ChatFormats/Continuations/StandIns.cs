using System.Globalization;
using Atropos.ChatFormats.Templates;
using Atropos.Jinja;

namespace Atropos.ChatFormats.Continuations;

/// <summary>Words that stand in for what assistants said while a template is rendered; they occur nowhere in the conversation.</summary>
internal sealed class StandIns
{
    private const string Stem = "ATROPOSANSWER";

    private static readonly string[] Thoughts = ["reasoning_content", "reasoning", "thinking", "thinking_content"];

    private readonly string _stem;

    public StandIns(IEnumerable<JinjaDict> messages)
    {
        var taken = messages.SelectMany(Texts).SelectMany(Numbers).ToHashSet();
        var number = 0;
        while (taken.Contains(number))
        {
            number++;
        }

        _stem = string.Create(CultureInfo.InvariantCulture, $"{Stem}{number}X");
    }

    /// <summary>What stands for the message at an index.</summary>
    public string Word(int index) => string.Create(CultureInfo.InvariantCulture, $"{_stem}{index}Y");

    /// <summary>Finds the first word in a text, whatever message it stands for; null where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    public (int Start, int End)? NextWord(string text, int from)
    {
        for (var start = text.IndexOf(_stem, from, StringComparison.Ordinal); start >= 0; start = text.IndexOf(_stem, start + 1, StringComparison.Ordinal))
        {
            var end = EndOfDigits(text, start + _stem.Length);
            if (end > start + _stem.Length && end < text.Length && text[end] == 'Y')
            {
                return (start, end + 1);
            }
        }

        return null;
    }

    /// <summary>An assistant's message with a word in place of what was said, without what was thought.</summary>
    public static JinjaDict WithWords(JinjaDict message, string word) => WithoutThoughts(message).With("content", word);

    /// <summary>An assistant's message without what was thought.</summary>
    public static JinjaDict WithoutThoughts(JinjaDict message) => message.Without(Thoughts);

    /// <summary>An assistant's message with a word in place of the arguments of its last tool call; null where it has no call.</summary>
    public static JinjaDict? WithArguments(JinjaDict message, string word)
    {
        if (!message.TryGet("tool_calls", out var value) || value is not JinjaList { Count: > 0 } calls
            || calls[^1] is not JinjaDict call
            || !call.TryGet("function", out var of) || of is not JinjaDict function
            || !function.TryGet("arguments", out var arguments))
        {
            return null;
        }

        object changed = $$"""{"value": "{{word}}"}""";
        if (arguments is not string)
        {
            var one = new JinjaDict(1);
            one.Set("value", word);
            changed = one;
        }

        var items = calls.ToArray();
        items[^1] = call.With("function", function.With("arguments", changed));
        return WithoutThoughts(message).With("tool_calls", new JinjaList(items));
    }

    /// <summary>The numbers behind the stem in a text.</summary>
    private static IEnumerable<int> Numbers(string text)
    {
        for (var at = text.IndexOf(Stem, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Stem, at, StringComparison.Ordinal))
        {
            at += Stem.Length;
            if (int.TryParse(text.AsSpan(at, EndOfDigits(text, at) - at), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                yield return number;
            }
        }
    }

    private static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        JinjaDict dict => dict.Entries().SelectMany(entry => Texts(entry.Key).Concat(Texts(entry.Value))),
        JinjaSequence sequence => sequence.SelectMany(Texts),
        _ => [],
    };
}
