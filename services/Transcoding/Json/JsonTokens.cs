using System.Text.Json;

namespace Atropos.Transcoding.Json;

/// <summary>What tokens are called in errors, and of which kind they are.</summary>
internal static class JsonTokens
{
    public static JsonKinds KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => JsonKinds.String,
        JsonTokenType.Number => JsonKinds.Number,
        JsonTokenType.True or JsonTokenType.False => JsonKinds.Boolean,
        JsonTokenType.StartArray => JsonKinds.Array,
        JsonTokenType.StartObject => JsonKinds.Object,
        JsonTokenType.Null => JsonKinds.Null,
        _ => JsonKinds.None,
    };

    public static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Null => "null",
        _ => "the end of a value",
    };
}
