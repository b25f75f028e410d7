using System.Text;
using System.Text.Json;

namespace Atropos.ReferenceEngine;

/// <summary>
/// Reads what to answer from a user message: the message itself, or what a JSON object asks for:
/// <c>{"echo": {"text": "…"} | {"tokens": [1, 2]} | "…", "segmentation": "canonical" | "characters" | "random", "finish": "stop" | "length",
/// "per_choice": [object, …]}</c>. A member of <c>per_choice</c> has the same form and overrides the object for the choice with its number.
/// </summary>
internal sealed class EchoInstruction(EngineTokenizer tokenizer)
{
    public EchoScript Read(string message, int choice)
    {
        using var document = TryParse(message);
        if (document is null)
        {
            return new EchoScript(tokenizer.Encode(message), false);
        }

        var instruction = document.RootElement;
        if (instruction.TryGetProperty("per_choice", out var perChoice))
        {
            if (perChoice.ValueKind != JsonValueKind.Array)
            {
                throw Invalid("'per_choice' must be a list of objects");
            }

            if (choice < perChoice.GetArrayLength())
            {
                instruction = perChoice[choice];
            }
        }

        return ReadOne(instruction);
    }

    private EchoScript ReadOne(JsonElement instruction)
    {
        if (instruction.ValueKind != JsonValueKind.Object || !instruction.TryGetProperty("echo", out var echo))
        {
            throw Invalid("it has no member 'echo'");
        }

        var finish = StringMember(instruction, "finish", "stop");
        if (finish is not ("stop" or "length"))
        {
            throw Invalid($"'finish' is '{finish}'; it must be 'stop' or 'length'");
        }

        var segmentation = StringMember(instruction, "segmentation", "canonical");
        if (echo.ValueKind == JsonValueKind.String)
        {
            return new EchoScript(Segment(echo.GetString()!, segmentation), finish == "length");
        }

        if (echo.ValueKind == JsonValueKind.Object && echo.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return new EchoScript(Segment(text.GetString()!, segmentation), finish == "length");
        }

        if (echo.ValueKind == JsonValueKind.Object && echo.TryGetProperty("tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Array)
        {
            return new EchoScript([.. tokens.EnumerateArray().Select(ReadToken)], finish == "length");
        }

        throw Invalid("'echo' must be a text, {\"text\": …} or {\"tokens\": [ids]}");
    }

    private int ReadToken(JsonElement token) =>
        token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0 && id < tokenizer.VocabularySize
            ? id
            : throw Invalid($"'tokens' holds {token.GetRawText()}; ids are from 0 to {tokenizer.VocabularySize - 1}");

    private int[] Segment(string text, string segmentation)
    {
        switch (segmentation)
        {
            case "canonical":
                return tokenizer.Encode(text);
            case "characters":
                return [.. text.EnumerateRunes().SelectMany(rune => tokenizer.Encode(rune.ToString()))];
            case "random":
                return [.. Cut(text).SelectMany(tokenizer.Encode)];
            default:
                throw Invalid($"'segmentation' is '{segmentation}'; it must be 'canonical', 'characters' or 'random'");
        }
    }

    /// <summary>Pieces of one to four characters; the text itself is the seed, so that the same text is cut the same way.</summary>
    private static IEnumerable<string> Cut(string text)
    {
        var state = 14695981039346656037UL;
        foreach (var character in text)
        {
            state = (state ^ character) * 1099511628211UL;
        }

        var piece = new StringBuilder();
        var left = 0UL;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left == 0)
            {
                if (piece.Length > 0)
                {
                    yield return piece.ToString();
                }

                piece.Clear();
                left = 1 + (Xoshiro256.SplitMix(ref state) % 4);
            }

            piece.Append(rune.ToString());
            left--;
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static string StringMember(JsonElement instruction, string name, string otherwise)
    {
        if (!instruction.TryGetProperty(name, out var member))
        {
            return otherwise;
        }

        return member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Invalid($"'{name}' must be a text");
    }

    private static JsonDocument? TryParse(string message)
    {
        if (!message.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return null;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }

        if (document.RootElement.TryGetProperty("echo", out _) || document.RootElement.TryGetProperty("per_choice", out _))
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    private static EngineRequestException Invalid(string why) =>
        EngineRequestException.Bad($"The echo instruction in the last user message makes no sense: {why}.", "messages");
}
