using System.Text.RegularExpressions;

namespace Atropos.ChatTemplates.Tests;

/// <summary>The special tokens of a template's model, as far as the template tells them.</summary>
internal static partial class SpecialTokens
{
    // Marks that look alike and are ordinary text to their models.
    private static readonly string[] Ordinary = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"];

    public static IReadOnlyList<string> Of(string source, params string[] named) =>
        [.. Marks().Matches(source).Select(match => match.Value).Concat(named).Distinct(StringComparer.Ordinal)
            .Where(token => token.Length > 0 && !Ordinary.Contains(token)).OrderBy(token => token, StringComparer.Ordinal)];

    [GeneratedRegex(
        @"<\|[^|<>\s'{}]+\|>|<｜[^｜\s'{}]+｜>|\[/?[A-Z][A-Z_]+\]|</?s>|<(?:start|end)_of_turn>|<SPECIAL_\d+>|<bos>|<eos>|<eot>|<sep>|</?\|?im_(?:start|end)\|?>|<\|[a-z_]+>|<[a-z_]+\|>|<\[?(?:begin|end)_of_\w+\]?>|<[a-z_]+:(?:bos|eos|think)>|\]<\]\w+\[>\[|\[e~\[|\]~b\]|\]~!b\[")]
    private static partial Regex Marks();
}
