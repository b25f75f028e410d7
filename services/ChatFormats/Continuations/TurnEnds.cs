namespace Atropos.ChatFormats.Continuations;

/// <summary>
/// Tokens of a model family that end a turn alike. The template prints one of them; where the model sampled another, that one stays
/// and stands in its place.
/// </summary>
internal static class TurnEnds
{
    private static readonly string[][] Families =
    [
        // Harmony (gpt-oss): the model ends an answer with <|return|>, a tool call with <|call|>; history has <|end|>.
        ["<|end|>", "<|return|>", "<|call|>"],

        // Llama 3: end of turn, and end of message where a tool's result is awaited.
        ["<|eot_id|>", "<|eom_id|>"],

        // Llama 4: the same.
        ["<|eot|>", "<|eom|>"],
    ];

    /// <summary>The other tokens that end a turn as this one does.</summary>
    public static IEnumerable<string> LikeEndsOf(string token) =>
        Families.Where(family => family.Contains(token)).SelectMany(family => family).Where(other => other != token);
}
