using System.Text.Json;
using Atropos.Tokenizers;

namespace Atropos.TokenizerFuzz.Tests.Running;

/// <summary>A tokenizer to try: its file, what ours made of it, and what texts for it are made from.</summary>
internal sealed class FuzzSubject
{
    private FuzzSubject(string name, byte[] json, Tokenizer ours)
    {
        Name = name;
        Json = json;
        Ours = ours;
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        Added = root.TryGetProperty("added_tokens", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(token => token.GetProperty("content").GetString()!)]
            : [];
        string[] normalized = !root.TryGetProperty("normalizer", out var normalizer) || normalizer.ValueKind != JsonValueKind.Object ? []
            : [.. list.EnumerateArray().Where(token => token.GetProperty("normalized").GetBoolean()).Select(token => Normalized(token, ours))];
        HasUnclearToken = normalized.Contains("") || normalized.Distinct().Count() < normalized.Length;
        Truncates = root.TryGetProperty("truncation", out var truncation) && truncation.ValueKind == JsonValueKind.Object;
        Pads = root.TryGetProperty("padding", out var padding) && padding.ValueKind == JsonValueKind.Object;
    }

    public string Name { get; }

    public byte[] Json { get; }

    public Tokenizer Ours { get; }

    public string[] Added { get; }

    /// <summary>Whether the file asks for padding, so that an answer depends on what else is in its batch.</summary>
    public bool Pads { get; }

    /// <summary>
    /// Whether the normalizer makes the same of two added tokens, of which the original takes another one at each loading, or leaves nothing
    /// of one. Such a token the original finds before every byte, and stops the process where that is inside a character; ours never finds it.
    /// </summary>
    public bool HasUnclearToken { get; }

    /// <summary>
    /// Whether the file asks for truncation. There the original stops reading a text when it has enough tokens, so that what it says of
    /// words and of the parts cut off depends on how far it has read.
    /// </summary>
    public bool Truncates { get; }

    /// <exception cref="TokenizerLoadException">Ours refuses it.</exception>
    public static FuzzSubject Load(string name, byte[] json) => new(name, json, Tokenizer.FromJson(json));

    private static string Normalized(JsonElement token, Tokenizer ours) =>
        ours.TokenToId(token.GetProperty("content").GetString()!) is { } id ? ours.Decode([id], skipSpecialTokens: false) : "";

    /// <summary>Whether ours gives a text up as too much work for its expressions, which the original goes on with.</summary>
    public bool IsTooHardFor(string text)
    {
        try
        {
            Ours.Encode(text, addSpecialTokens: false);
            return false;
        }
        catch (InvalidOperationException error)
        {
            return error.Message.Contains("takes too many steps", StringComparison.Ordinal);
        }
    }

    /// <summary>The text of a random id.</summary>
    public string Piece(Random random)
    {
        var id = random.Next(Ours.VocabularySize);
        return random.Next(4) == 0 ? Ours.IdToToken(id) ?? "" : Ours.Decode([id], skipSpecialTokens: false);
    }
}
