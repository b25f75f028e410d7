using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Fields;

/// <summary>A field with one value.</summary>
internal sealed class SingularFieldPlan<TMessage, T> : FieldPlan<TMessage>
    where TMessage : class, IMessage<TMessage>
{
    private readonly JsonCodec<T> _codec;
    private readonly Func<TMessage, T> _get;
    private readonly Action<TMessage, T> _set;
    private readonly Func<TMessage, bool>? _has;
    private readonly bool _presence;
    private readonly bool _nullWhenUnset;
    private readonly bool _omitWhenDefault;

    public SingularFieldPlan(FieldDescriptor descriptor, JsonCodec<T> codec)
        : base(descriptor)
    {
        _codec = codec;
        var property = typeof(TMessage).GetProperty(descriptor.PropertyName)!;
        _get = property.GetMethod!.CreateDelegate<Func<TMessage, T>>();
        _set = property.SetMethod!.CreateDelegate<Action<TMessage, T>>();
        _presence = descriptor.HasPresence;
        if (_presence && descriptor.FieldType != FieldType.Message)
        {
            _has = typeof(TMessage).GetProperty("Has" + descriptor.PropertyName, BindingFlags.Public | BindingFlags.Instance)!
                .GetMethod!.CreateDelegate<Func<TMessage, bool>>();
        }

        var rules = CodecRegistry.RulesOf(descriptor);
        _nullWhenUnset = rules.NullWhenUnset;
        _omitWhenDefault = rules.OmitWhenEmpty;
        if (_nullWhenUnset && !_presence)
        {
            throw new InvalidOperationException(
                $"{descriptor.FullName} has the option null_when_unset, but no presence: make it optional.");
        }
    }

    public override JsonCodec Codec => _codec;

    public override bool TakesNull => typeof(T) == typeof(Value);

    public override void Read(ref JsonReadContext context, TMessage message) => _set(message, _codec.Read(ref context));

    public override void Write(Utf8JsonWriter writer, TMessage message)
    {
        if (!_presence)
        {
            var plain = _get(message);
            if (!_omitWhenDefault || !_codec.IsDefault(plain))
            {
                writer.WritePropertyName(Name);
                _codec.Write(writer, plain);
            }

            return;
        }

        if (_has is null || _has(message))
        {
            var value = _get(message);
            if (value is not null)
            {
                writer.WritePropertyName(Name);
                _codec.Write(writer, value);
                return;
            }
        }

        if (_nullWhenUnset)
        {
            writer.WriteNull(Name);
        }
    }

    public override void WriteValue(Utf8JsonWriter writer, TMessage message)
    {
        if (_presence && !Has(message))
        {
            writer.WriteNullValue();
        }
        else
        {
            _codec.Write(writer, _get(message));
        }
    }

    public override bool Has(TMessage message)
    {
        if (_has is not null)
        {
            return _has(message);
        }

        var value = _get(message);
        return _presence ? value is not null : !_codec.IsDefault(value);
    }

    public override void SetText(TMessage message, string text) => _set(message, _codec.Parse(text));

    public override IMessage GetOrCreate(IMessage message)
    {
        var owner = (TMessage)message;
        if (_get(owner) is IMessage existing)
        {
            return existing;
        }

        if (_codec.CreateMessage() is not T created)
        {
            return base.GetOrCreate(message);
        }

        _set(owner, created);
        return (IMessage)created;
    }
}
