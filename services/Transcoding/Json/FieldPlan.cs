using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.Json;

/// <summary>How one field of a message is read and written. Built once, with delegates to the generated property.</summary>
internal abstract class FieldPlan
{
    protected FieldPlan(FieldDescriptor descriptor)
    {
        Descriptor = descriptor;
        Utf8Name = Encoding.UTF8.GetBytes(descriptor.Name);
        Name = JsonEncodedText.Encode(descriptor.Name);
    }

    public FieldDescriptor Descriptor { get; }

    public JsonEncodedText Name { get; }

    public byte[] Utf8Name { get; }

    /// <summary>The codec of the field's value; of an element, where the field is repeated.</summary>
    public abstract JsonCodec Codec { get; }

    /// <summary>Whether a JSON null is a value to read. Elsewhere it leaves the field unset.</summary>
    public virtual bool TakesNull => false;

    /// <summary>Reads the value under the reader into the field.</summary>
    public abstract void Read(ref JsonReadContext context, IMessage message);

    /// <summary>Writes the field's value alone.</summary>
    public abstract void WriteValue(Utf8JsonWriter writer, IMessage message);

    /// <summary>Sets the field from a path variable or query parameter; adds to it where it is repeated.</summary>
    /// <exception cref="FormatException">The text does not fit; the message says what was expected.</exception>
    public abstract void SetText(IMessage message, string text);

    /// <summary>The field's message, made where it was unset.</summary>
    public abstract IMessage GetOrCreate(IMessage message);

    /// <summary>The field's message, or null.</summary>
    public abstract object? GetObject(IMessage message);
}
