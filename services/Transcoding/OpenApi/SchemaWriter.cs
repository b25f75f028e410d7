using System.Text.Json;
using Atropos.Json.V1;
using Atropos.Transcoding.Json;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.OpenApi;

/// <summary>Writes the JSON schemas of fields and messages, as the codecs read and write them.</summary>
internal sealed class SchemaWriter(Utf8JsonWriter writer, DescriptorComments comments)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<IDescriptor> _waiting = new();

    /// <summary>Writes <c>components.schemas</c>' members: all that was referred to so far, and what they refer to.</summary>
    public void WriteComponents()
    {
        while (_waiting.TryDequeue(out var descriptor))
        {
            writer.WriteStartObject(descriptor.FullName);
            if (descriptor is EnumDescriptor values)
            {
                WriteEnum(values);
            }
            else
            {
                WriteMessage((MessageDescriptor)descriptor);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Writes a description from comments, where there are any.</summary>
    public void WriteDescription(IDescriptor descriptor)
    {
        if (comments.Of(descriptor) is { } text)
        {
            writer.WriteString("description", text);
        }
    }

    /// <summary>Writes the schema of a field as an object's member or a parameter, without its braces.</summary>
    public void WriteField(FieldDescriptor field)
    {
        WriteDescription(field);
        if (field.IsMap)
        {
            writer.WriteString("type", "object");
            writer.WriteStartObject("additionalProperties");
            WriteValue(field.MessageType.FindFieldByNumber(2), CodecRegistry.RulesOf(field));
            writer.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            WriteArray(field);
        }
        else if (CodecRegistry.RulesOf(field).NullWhenUnset)
        {
            writer.WriteStartArray("anyOf");
            writer.WriteStartObject();
            WriteValue(field, CodecRegistry.RulesOf(field));
            writer.WriteEndObject();
            writer.WriteStartObject();
            writer.WriteString("type", "null");
            writer.WriteEndObject();
            writer.WriteEndArray();
        }
        else
        {
            WriteValue(field, CodecRegistry.RulesOf(field));
        }
    }

    /// <summary>Writes a reference to a message's schema, or its schema where it is a well-known type, without its braces.</summary>
    public void WriteReference(MessageDescriptor message)
    {
        if (!TryWriteWellKnown(message))
        {
            WriteReferenceTo(message);
        }
    }

    private void WriteReferenceTo(IDescriptor descriptor)
    {
        if (_known.Add(descriptor.FullName))
        {
            _waiting.Enqueue(descriptor);
        }

        writer.WriteString("$ref", $"#/components/schemas/{descriptor.FullName}");
    }

    private void WriteArray(FieldDescriptor field)
    {
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        WriteValue(field, CodecRegistry.RulesOf(field));
        writer.WriteEndObject();
    }

    private void WriteValue(FieldDescriptor field, FieldRules rules)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                WriteReference(field.MessageType);
                break;
            case FieldType.Enum when field.EnumType.FullName == "google.protobuf.NullValue":
                writer.WriteString("type", "null");
                break;
            case FieldType.Enum:
                WriteReferenceTo(field.EnumType);
                break;
            case FieldType.String when rules.RawJson:
                if (rules.RawJsonType.Length > 0)
                {
                    writer.WriteString("type", rules.RawJsonType);
                }

                break;
            default:
                WriteScalar(field.FieldType);
                break;
        }
    }

    private void WriteScalar(FieldType type)
    {
        var (name, format) = type switch
        {
            FieldType.Bool => ("boolean", null),
            FieldType.String => ("string", null),
            FieldType.Bytes => ("string", null),
            FieldType.Float => ("number", "float"),
            FieldType.Double => ("number", "double"),
            FieldType.UInt32 or FieldType.Fixed32 => ("integer", "uint32"),
            FieldType.UInt64 or FieldType.Fixed64 => ("integer", "uint64"),
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => ("integer", "int64"),
            _ => ("integer", "int32"),
        };
        writer.WriteString("type", name);
        if (format is not null)
        {
            writer.WriteString("format", format);
        }

        if (type == FieldType.Bytes)
        {
            writer.WriteString("contentEncoding", "base64");
        }
    }

    private bool TryWriteWellKnown(MessageDescriptor message)
    {
        switch (message.FullName)
        {
            case "google.protobuf.Timestamp":
                writer.WriteString("type", "string");
                writer.WriteString("format", "date-time");
                return true;
            case "google.protobuf.Duration" or "google.protobuf.FieldMask":
                writer.WriteString("type", "string");
                return true;
            case "google.protobuf.Struct" or "google.protobuf.Empty" or "google.protobuf.Any":
                writer.WriteString("type", "object");
                return true;
            case "google.protobuf.ListValue":
                writer.WriteString("type", "array");
                return true;
            case "google.protobuf.Value":
                return true;
            default:
                if (message.File.Name != "google/protobuf/wrappers.proto")
                {
                    return false;
                }

                WriteScalar(message.FindFieldByNumber(1).FieldType);
                return true;
        }
    }

    private void WriteEnum(EnumDescriptor values)
    {
        WriteDescription(values);
        writer.WriteString("type", "string");
        writer.WriteStartArray("enum");
        foreach (var value in values.Values)
        {
            writer.WriteStringValue(value.Name);
        }

        writer.WriteEndArray();
    }

    private void WriteMessage(MessageDescriptor message)
    {
        WriteDescription(message);
        var rules = CodecRegistry.RulesOf(message);
        if (rules.BareList)
        {
            WriteArray(message.Fields.InDeclarationOrder()[0]);
        }
        else if (rules.UntaggedUnion)
        {
            writer.WriteStartArray("oneOf");
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                writer.WriteStartObject();
                WriteField(field);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
        else
        {
            WriteObject(message);
        }
    }

    private void WriteObject(MessageDescriptor message)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        var open = false;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (CodecRegistry.RulesOf(field).UnknownMembers)
            {
                open = true;
                continue;
            }

            writer.WriteStartObject(field.Name);
            WriteField(field);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (open)
        {
            writer.WriteBoolean("additionalProperties", true);
        }
    }
}
