using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>A message with one repeated field, written as that array.</summary>
internal sealed class BareListCodec<T>(MessageDescriptor descriptor) : MessageCodec<T>
    where T : class, IMessage<T>, new()
{
    private FieldPlan<T> _list = null!;

    public override JsonKinds Kinds => JsonKinds.Array;

    public override string Expected => "an array";

    public override void Link(CodecRegistry registry)
    {
        var fields = descriptor.Fields.InDeclarationOrder();
        if (fields is not [{ IsRepeated: true, IsMap: false }])
        {
            throw new InvalidOperationException(
                $"{descriptor.FullName} has the option bare_list, so it must have one repeated field and nothing else.");
        }

        _list = registry.CreateField<T>(fields[0]);
    }

    public override bool Matches(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        return !reader.Read() || reader.TokenType == JsonTokenType.EndArray || _list.Codec.Matches(reader);
    }

    public override void ReadInto(ref JsonReadContext context, T message) => _list.Read(ref context, message);

    public override void Write(Utf8JsonWriter writer, T value) => _list.WriteValue(writer, value);
}
