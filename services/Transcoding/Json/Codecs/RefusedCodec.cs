using System.Text.Json;
using Google.Protobuf;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A message that has no JSON form here: <c>google.protobuf.Any</c>, which would need every type that may be in it.</summary>
internal sealed class RefusedCodec<T>(string name) : MessageCodec<T>
    where T : class, IMessage<T>, new()
{
    public override JsonKinds Kinds => JsonKinds.None;

    public override string Expected => "nothing";

    public override void ReadInto(ref JsonReadContext context, T message)
        => throw context.Bad($"{name} cannot be given as JSON");

    public override void Write(Utf8JsonWriter writer, T value)
        => throw new InvalidOperationException($"{name} cannot be written as JSON: give the field a type of its own.");
}
