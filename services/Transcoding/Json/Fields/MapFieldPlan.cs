using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json.Fields;

/// <summary>A map field, as an object; keys that are not text are written as text.</summary>
internal sealed class MapFieldPlan<TMessage, TKey, T> : FieldPlan<TMessage>
    where TMessage : class, IMessage<TMessage>
    where TKey : notnull
{
    private readonly JsonCodec<TKey> _keys;
    private readonly JsonCodec<T> _values;
    private readonly Func<TMessage, MapField<TKey, T>> _get;
    private readonly bool _omitWhenEmpty;

    public MapFieldPlan(FieldDescriptor descriptor, JsonCodec<TKey> keys, JsonCodec<T> values)
        : base(descriptor)
    {
        _keys = keys;
        _values = values;
        _get = typeof(TMessage).GetProperty(descriptor.PropertyName)!.GetMethod!.CreateDelegate<Func<TMessage, MapField<TKey, T>>>();
        _omitWhenEmpty = CodecRegistry.RulesOf(descriptor).OmitWhenEmpty;
    }

    public override JsonCodec Codec => _values;

    public override void Read(ref JsonReadContext context, TMessage message)
    {
        if (context.Reader.TokenType != JsonTokenType.StartObject)
        {
            throw context.Wrong("an object");
        }

        var map = _get(message);
        while (true)
        {
            context.Next();
            if (context.Reader.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            var key = ReadKey(ref context);
            if (map.ContainsKey(key))
            {
                throw context.Bad("given twice");
            }

            context.Next();
            map.Add(key, _values.Read(ref context));
        }
    }

    public override void Write(Utf8JsonWriter writer, TMessage message)
    {
        var map = _get(message);
        if (map.Count == 0 && _omitWhenEmpty)
        {
            return;
        }

        writer.WritePropertyName(Name);
        WriteValue(writer, message);
    }

    public override void WriteValue(Utf8JsonWriter writer, TMessage message)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in _get(message))
        {
            writer.WritePropertyName(KeyText(key));
            _values.Write(writer, value);
        }

        writer.WriteEndObject();
    }

    public override bool Has(TMessage message) => _get(message).Count > 0;

    public override void SetText(TMessage message, string text) => throw new FormatException("it can only be given in the body");

    private static string KeyText(TKey key) => key switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => key.ToString()!,
    };

    private TKey ReadKey(ref JsonReadContext context)
    {
        try
        {
            return _keys.Parse(context.ReadString());
        }
        catch (FormatException e)
        {
            throw context.Bad($"as a key {e.Message}");
        }
    }
}
