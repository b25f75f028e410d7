using System.Reflection;
using Atropos.Json.V1;
using Atropos.Transcoding.Json.Codecs;
using Atropos.Transcoding.Json.Fields;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Type = System.Type;

namespace Atropos.Transcoding.Json;

/// <summary>Builds the codecs of messages, each once. Used at start only: what it gives is safe for any number of threads, it itself is not.</summary>
internal sealed class CodecRegistry
{
    private static readonly FieldRules NoFieldRules = new();
    private static readonly MessageRules NoMessageRules = new();

    private readonly Dictionary<Type, JsonCodec> _messages = new()
    {
        [typeof(Struct)] = DynamicStructCodec.Instance,
        [typeof(Value)] = DynamicValueCodec.Instance,
        [typeof(ListValue)] = DynamicListCodec.Instance,
        [typeof(FieldMask)] = FieldMaskCodec.Instance,
        [typeof(Timestamp)] = new TextMessageCodec<Timestamp>("a time as in 2026-01-31T12:00:00Z"),
        [typeof(Duration)] = new TextMessageCodec<Duration>("a duration in seconds as in 1.5s"),
        [typeof(Any)] = new RefusedCodec<Any>("google.protobuf.Any"),
    };

    private readonly Dictionary<Type, JsonCodec> _enums = [];

    public static FieldRules RulesOf(FieldDescriptor field)
        => field.GetOptions()?.GetExtension(OptionsExtensions.Field) ?? NoFieldRules;

    public static MessageRules RulesOf(MessageDescriptor message)
        => message.GetOptions()?.GetExtension(OptionsExtensions.Message) ?? NoMessageRules;

    /// <summary>The codec of the messages of a type.</summary>
    /// <exception cref="InvalidOperationException">The options on the message or one inside it contradict its fields.</exception>
    public MessageCodec<T> Get<T>(MessageDescriptor descriptor)
        where T : class, IMessage<T>, new()
        => (MessageCodec<T>)ForMessage(descriptor);

    /// <summary>The plan of one field.</summary>
    public FieldPlan<TMessage> CreateField<TMessage>(FieldDescriptor field)
        where TMessage : class, IMessage<TMessage>
    {
        var property = typeof(TMessage).GetProperty(field.PropertyName)
            ?? throw new InvalidOperationException($"{typeof(TMessage)} has no property for {field.FullName}.");
        if (field.IsMap)
        {
            var types = property.PropertyType.GetGenericArguments();
            return Create<FieldPlan<TMessage>>(
                typeof(MapFieldPlan<,,>).MakeGenericType(typeof(TMessage), types[0], types[1]),
                field,
                ForValue(field.MessageType.FindFieldByNumber(1), RulesOf(field)),
                ForValue(field.MessageType.FindFieldByNumber(2), RulesOf(field)));
        }

        var plan = field.IsRepeated
            ? typeof(RepeatedFieldPlan<,>).MakeGenericType(typeof(TMessage), property.PropertyType.GetGenericArguments()[0])
            : typeof(SingularFieldPlan<,>).MakeGenericType(typeof(TMessage), property.PropertyType);
        return Create<FieldPlan<TMessage>>(plan, field, ForValue(field, RulesOf(field)));
    }

    private static TResult Create<TResult>(Type type, params object[] arguments)
    {
        try
        {
            return (TResult)Activator.CreateInstance(type, arguments)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is InvalidOperationException inner)
        {
            throw new InvalidOperationException(inner.Message, inner);
        }
    }

    private JsonCodec ForValue(FieldDescriptor field, FieldRules rules)
    {
        switch (field.FieldType)
        {
            case FieldType.Bool:
                return BoolCodec.Instance;
            case FieldType.String:
                return rules.RawJson ? RawJsonCodec.For(rules) : StringCodec.Instance;
            case FieldType.Bytes:
                return BytesCodec.Instance;
            case FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32:
                return Int32Codec.Instance;
            case FieldType.UInt32 or FieldType.Fixed32:
                return UInt32Codec.Instance;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64:
                return Int64Codec.Instance;
            case FieldType.UInt64 or FieldType.Fixed64:
                return UInt64Codec.Instance;
            case FieldType.Float:
                return FloatCodec.Instance;
            case FieldType.Double:
                return DoubleCodec.Instance;
            case FieldType.Enum:
                return field.EnumType.FullName == "google.protobuf.NullValue" ? NullValueCodec.Instance : ForEnum(field.EnumType);
            case FieldType.Message:
                return ForWrapper(field.MessageType) ?? ForMessage(field.MessageType);
            default:
                throw new InvalidOperationException($"{field.FullName} is of a kind that JSON cannot carry: {field.FieldType}.");
        }
    }

    private static JsonCodec? ForWrapper(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.BoolValue" => new NullableCodec<bool>(BoolCodec.Instance),
        "google.protobuf.Int32Value" => new NullableCodec<int>(Int32Codec.Instance),
        "google.protobuf.UInt32Value" => new NullableCodec<uint>(UInt32Codec.Instance),
        "google.protobuf.Int64Value" => new NullableCodec<long>(Int64Codec.Instance),
        "google.protobuf.UInt64Value" => new NullableCodec<ulong>(UInt64Codec.Instance),
        "google.protobuf.FloatValue" => new NullableCodec<float>(FloatCodec.Instance),
        "google.protobuf.DoubleValue" => new NullableCodec<double>(DoubleCodec.Instance),
        "google.protobuf.StringValue" => StringCodec.Instance,
        "google.protobuf.BytesValue" => BytesCodec.Instance,
        _ => null,
    };

    private JsonCodec ForEnum(EnumDescriptor descriptor)
    {
        if (!_enums.TryGetValue(descriptor.ClrType, out var codec))
        {
            codec = Create<JsonCodec>(typeof(EnumCodec<>).MakeGenericType(descriptor.ClrType), descriptor);
            _enums.Add(descriptor.ClrType, codec);
        }

        return codec;
    }

    private JsonCodec ForMessage(MessageDescriptor descriptor)
    {
        if (_messages.TryGetValue(descriptor.ClrType, out var known))
        {
            return known;
        }

        var rules = RulesOf(descriptor);
        var open = rules.UntaggedUnion ? typeof(UnionCodec<>) : rules.BareList ? typeof(BareListCodec<>) : typeof(ObjectCodec<>);
        var codec = Create<JsonCodec>(open.MakeGenericType(descriptor.ClrType), descriptor);
        _messages.Add(descriptor.ClrType, codec);
        ((IMessageCodec)codec).Link(this);
        return codec;
    }
}
