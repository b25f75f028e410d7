using System.Text.Json;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Text.</summary>
internal sealed class StringCodec : JsonCodec<string>
{
    public static readonly StringCodec Instance = new();

    public override JsonKinds Kinds => JsonKinds.String;

    public override string Expected => "a string";

    public override string Read(ref JsonReadContext context)
        => context.Reader.TokenType == JsonTokenType.String ? context.ReadString() : throw context.Wrong("a string");

    public override void Write(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);

    public override bool IsDefault(string value) => value.Length == 0;

    public override string Parse(string text) => text;
}
