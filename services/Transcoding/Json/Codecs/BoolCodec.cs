using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BoolCodec : JsonCodec<bool>
{
    public static readonly BoolCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.Boolean;

    public override string Expected => "a boolean";

    public override bool Read(ref JsonReadContext context) => context.Reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw context.Wrong("a boolean"),
    };

    public override void Write(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);

    public override bool Parse(string text) => text switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new FormatException("expected true or false"),
    };
}
