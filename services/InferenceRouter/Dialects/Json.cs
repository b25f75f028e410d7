using System.Buffers.Text;
using System.Text.Json;
using Atropos.InferenceRouter.Errors;

namespace Atropos.InferenceRouter.Dialects;

/// <summary>Small steps through an engine's JSON.</summary>
internal static class Json
{
    /// <summary>Stands for a log-probability that the engine left open; never leaves the router.</summary>
    public const float Missing = float.NaN;

    /// <summary>Goes to the next member of the object that the reader is in and on to its value. False at the object's end.</summary>
    public static bool NextMember(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        return json.TokenType == JsonTokenType.PropertyName ? true : throw new JsonException($"a member was expected, not "
            + $"{json.TokenType}");
    }

    /// <summary>Goes to the next item of the array that the reader is in. False at the array's end.</summary>
    public static bool NextItem(ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>Enters an array or an object; false where there is null in its place.</summary>
    public static bool Enter(ref Utf8JsonReader json, JsonTokenType start)
    {
        if (json.TokenType == start)
        {
            return true;
        }

        return json.TokenType == JsonTokenType.Null ? false : throw new JsonException($"{start} was expected, not {json.TokenType}");
    }

    /// <summary>A token id: never negative.</summary>
    public static int Id(ref Utf8JsonReader json)
    {
        var id = json.GetInt32();
        return id >= 0 ? id : throw GenerationException.Inexact(Reasons.TokenIdsMissing, $"the engine reports {id} as a token id");
    }

    /// <summary>A log-probability as the nearest 32-bit float, which is the one that the engine printed.</summary>
    public static float Logprob(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? Missing : json.GetSingle();

    /// <summary>A count; -1 where there is null in its place.</summary>
    public static int Count(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? -1 : json.GetInt32();

    /// <summary>The id in a token's name as <c>token_id:N</c> or <c>token:N</c>, or in a bare <c>N</c> where that is allowed; -1 if it has
    /// none.</summary>
    public static int IdInName(ref Utf8JsonReader json, bool bare = false)
    {
        if (json.HasValueSequence || json.ValueIsEscaped)
        {
            return -1;
        }

        var name = json.ValueSpan;
        ReadOnlySpan<byte> digits;
        if (name.StartsWith("token_id:"u8))
        {
            digits = name[9..];
        }
        else if (name.StartsWith("token:"u8))
        {
            digits = name[6..];
        }
        else if (bare)
        {
            digits = name;
        }
        else
        {
            return -1;
        }

        return Utf8Parser.TryParse(digits, out int id, out var used) && used == digits.Length && id >= 0 ? id : -1;
    }

    /// <summary>The error object that the reader stands on.</summary>
    public static EngineErrorBody Error(ref Utf8JsonReader json)
    {
        using var error = JsonDocument.ParseValue(ref json);
        return EngineErrorBody.Parse(error.RootElement);
    }
}
