using System.Text;
using System.Text.Json;
using Atropos.TestSupport;
using Atropos.Tokenizers;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>Compares ours with the original on one tokenizer.</summary>
internal sealed class Comparer(FuzzSubject subject, Oracle oracle)
{
    private readonly Tokenizer _ours = subject.Ours;

    /// <summary>What differs, for each item; null where nothing does.</summary>
    public string?[] Differences(IReadOnlyList<FuzzItem> items)
    {
        var found = new string?[items.Count];
        foreach (var special in (ReadOnlySpan<bool>)[false, true])
        {
            int[] indices = [.. Enumerable.Range(0, items.Count).Where(index => items[index].Special == special)];
            if (indices.Length == 0)
            {
                continue;
            }

            var expected = oracle.Encode(subject.Name, special, subject.Pads, [.. indices.Select(index => (items[index].Text, items[index].Pair))]);
            for (var at = 0; at < indices.Length; at++)
            {
                found[indices[at]] = EncodingDifference(items[indices[at]], expected[at]);
            }

            int[][] ids = [.. expected.Select((result, at) => Sequence(items[indices[at]].Text, result.Value?.Ids ?? []))];
            foreach (var skip in (ReadOnlySpan<bool>)[false, true])
            {
                var texts = oracle.Decode(subject.Name, skip, ids);
                for (var at = 0; at < indices.Length; at++)
                {
                    found[indices[at]] ??= DecodingDifference(ids[at], skip, texts[at]);
                }
            }
        }

        return found;
    }

    /// <summary>What differs for one item; null where nothing does.</summary>
    public string? Difference(FuzzItem item) => Differences([item])[0];

    private string? EncodingDifference(FuzzItem item, OracleResult<OracleEncoding> expected)
    {
        OracleEncoding actual;
        try
        {
            actual = OurEncoding.Of(_ours, item);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // What cannot be encoded may lie behind what the original reads of a text that it cuts.
            return expected.Error is not null || subject.Truncates ? null
                : $"encode: the original gives {Show(expected.Value!.Ids)}, ours throws: {error.Message}";
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"encode: ours breaks: {Show(error)}";
        }

        if (expected.Value is not { } value)
        {
            return $"encode: the original refuses ({expected.Error}), ours gives {Show(actual.Ids)}";
        }

        return Part("ids", value.Ids, actual.Ids)
            ?? Part("tokens", value.Tokens, actual.Tokens)
            ?? Part("offsets", value.Offsets, actual.Offsets)
            ?? Part("type ids", value.TypeIds, actual.TypeIds)
            ?? Part("attention mask", value.AttentionMask, actual.AttentionMask)
            ?? Part("special tokens mask", value.SpecialTokensMask, actual.SpecialTokensMask)
            ?? (subject.Truncates ? null : Part("word ids", value.WordIds, actual.WordIds))
            ?? (item.Pair is null && !subject.Pads && !subject.Truncates ? PlainDifference(item, value.Ids) : null);
    }

    // The calls without details have a path of their own.
    private string? PlainDifference(FuzzItem item, int[] expected)
    {
        var output = new List<int> { -1 };
        _ours.Encode(item.Text.AsSpan(), item.Special, output);
        return output is [-1, .. var rest] && rest.SequenceEqual(expected)
            ? Part("ids (array)", expected, _ours.Encode(item.Text, item.Special))
            : Part("ids (list)", expected, [.. output.Skip(1)]) ?? "ids (list): what was in the list is lost";
    }

    private string? DecodingDifference(int[] ids, bool skip, OracleResult<string> expected)
    {
        var what = $"skip_special_tokens {skip}, ids {Show(ids)}";
        if (expected.Value is not { } text)
        {
            return $"decode: the original refuses {what}: {expected.Error}";
        }

        try
        {
            var whole = _ours.Decode(ids, skip);
            var streamed = Streamed(ids, skip);
            return whole != text ? $"decode, {what}\n  original {Show(text)}\n  ours     {Show(whole)}"
                : streamed != text ? $"incremental decode, {what}\n  original {Show(text)}\n  ours     {Show(streamed)}"
                : null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return $"decode: ours breaks, {what}: {Show(error)}";
        }
    }

    private string Streamed(int[] ids, bool skip)
    {
        var split = new Random(ids.Length + (skip ? 1 : 0));
        var decoder = _ours.CreateDecoder(skip);
        var streamed = new StringBuilder();
        for (var at = 0; at < ids.Length;)
        {
            var count = Math.Min(split.Next(0, 4), ids.Length - at);
            streamed.Append(decoder.Append(ids.AsSpan(at, count)));
            at += count;
        }

        return streamed.Append(decoder.Flush()).ToString();
    }

    // Mostly what the text became; now and then ids in an order that no text gives.
    private int[] Sequence(string text, int[] ids)
    {
        var random = new Random(text.Length + (ids.Length * 1000));
        if (random.Next(6) != 0)
        {
            return ids;
        }

        var mixed = new int[random.Next(1, 12)];
        for (var index = 0; index < mixed.Length; index++)
        {
            mixed[index] = ids.Length > 0 && random.Next(2) == 0 ? ids[random.Next(ids.Length)] : random.Next(_ours.VocabularySize + 3);
        }

        return mixed;
    }

    private static string? Part<T>(string name, T[] expected, T[] actual) => expected.AsSpan().SequenceEqual(actual)
        ? null
        : $"{name}\n  original {Show(expected)}\n  ours     {Show(actual)}";

    private static string Show(Exception error) => $"{error.GetType().Name}: {error.Message} {error.StackTrace?.Split('\n')[0].Trim()}";

    private static string Show<T>(T[] list) => Show($"[{string.Join(", ", list.Take(80))}{(list.Length > 80 ? ", …" : "")}]");

    private static string Show(string text) => JsonSerializer.Serialize(text.Length > 600 ? text[..600] : text);
}
