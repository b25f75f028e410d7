using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Fields;

/// <summary>A repeated field, as an array.</summary>
internal sealed class RepeatedFieldPlan<TMessage, T> : FieldPlan<TMessage>
    where TMessage : class, IMessage<TMessage>
{
    private readonly JsonCodec<T> _codec;
    private readonly Func<TMessage, RepeatedField<T>> _get;
    private readonly bool _omitWhenEmpty;

    public RepeatedFieldPlan(FieldDescriptor descriptor, JsonCodec<T> codec)
        : base(descriptor)
    {
        _codec = codec;
        _get = typeof(TMessage).GetProperty(descriptor.PropertyName)!.GetMethod!.CreateDelegate<Func<TMessage, RepeatedField<T>>>();
        _omitWhenEmpty = CodecRegistry.RulesOf(descriptor).OmitWhenEmpty;
    }

    public override JsonCodec Codec => _codec;

    public override void Read(ref JsonReadContext context, TMessage message)
    {
        if (context.Reader.TokenType != JsonTokenType.StartArray)
        {
            throw context.Wrong("an array");
        }

        _codec.ReadElements(ref context, _get(message));
    }

    public override void Write(Utf8JsonWriter writer, TMessage message)
    {
        var list = _get(message);
        if (list.Count == 0 && _omitWhenEmpty)
        {
            return;
        }

        writer.WriteStartArray(Name);
        _codec.WriteElements(writer, list);
        writer.WriteEndArray();
    }

    public override void WriteValue(Utf8JsonWriter writer, TMessage message)
    {
        writer.WriteStartArray();
        _codec.WriteElements(writer, _get(message));
        writer.WriteEndArray();
    }

    public override bool Has(TMessage message) => _get(message).Count > 0;

    public override void SetText(TMessage message, string text) => _get(message).Add(_codec.Parse(text));
}
