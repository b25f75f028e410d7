using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json;

/// <summary>How one field of messages of type <typeparamref name="TMessage"/> is read and written.</summary>
internal abstract class FieldPlan<TMessage>(FieldDescriptor descriptor) : FieldPlan(descriptor)
    where TMessage : class, IMessage<TMessage>
{
    /// <summary>Reads the value under the reader into the field.</summary>
    public abstract void Read(ref JsonReadContext context, TMessage message);

    /// <summary>Writes name and value, or nothing where the field's rules say so.</summary>
    public abstract void Write(Utf8JsonWriter writer, TMessage message);

    /// <summary>Writes the field's value alone.</summary>
    public abstract void WriteValue(Utf8JsonWriter writer, TMessage message);

    /// <summary>Whether the field is set (holds anything, where it has no presence).</summary>
    public abstract bool Has(TMessage message);

    /// <summary>Sets the field from text.</summary>
    public abstract void SetText(TMessage message, string text);

    public sealed override void Read(ref JsonReadContext context, IMessage message) => Read(ref context, (TMessage)message);

    public sealed override void WriteValue(Utf8JsonWriter writer, IMessage message) => WriteValue(writer, (TMessage)message);

    public sealed override void SetText(IMessage message, string text) => SetText((TMessage)message, text);

    public override IMessage GetOrCreate(IMessage message)
        => throw new InvalidOperationException($"{Descriptor.FullName} is not a message.");

    public override object? GetObject(IMessage message) => Descriptor.Accessor.GetValue(message);
}
