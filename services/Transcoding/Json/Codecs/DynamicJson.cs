using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Atropos.Transcoding.Json.Codecs;

/// <summary>Reads and writes <c>google.protobuf.Value</c>, <c>Struct</c> and <c>ListValue</c>: JSON of any shape.</summary>
internal static class DynamicJson
{
    public static Value ReadValue(ref JsonReadContext context, int depth)
    {
        if (depth > JsonReadSettings.MaxDynamicDepth)
        {
            throw context.Bad($"nested deeper than {JsonReadSettings.MaxDynamicDepth} levels");
        }

        switch (context.Reader.TokenType)
        {
            case JsonTokenType.Null:
                return Value.ForNull();
            case JsonTokenType.True:
                return Value.ForBool(true);
            case JsonTokenType.False:
                return Value.ForBool(false);
            case JsonTokenType.String:
                return Value.ForString(context.ReadString());
            case JsonTokenType.Number:
                return Value.ForNumber(DoubleCodec.Instance.Read(ref context));
            case JsonTokenType.StartArray:
                var list = new ListValue();
                ReadElements(ref context, list.Values, depth + 1);
                return new Value { ListValue = list };
            case JsonTokenType.StartObject:
                var structure = new Struct();
                ReadMembers(ref context, structure.Fields, depth + 1);
                return new Value { StructValue = structure };
            default:
                throw context.Wrong("a value");
        }
    }

    public static void ReadElements(ref JsonReadContext context, RepeatedField<Value> into, int depth)
    {
        while (true)
        {
            context.Next();
            if (context.Reader.TokenType == JsonTokenType.EndArray)
            {
                return;
            }

            into.Add(ReadValue(ref context, depth));
        }
    }

    public static void ReadMembers(ref JsonReadContext context, MapField<string, Value> into, int depth)
    {
        while (true)
        {
            context.Next();
            if (context.Reader.TokenType == JsonTokenType.EndObject)
            {
                return;
            }

            ReadMember(ref context, into, depth);
        }
    }

    /// <summary>Reads one member, the reader being on its name.</summary>
    public static void ReadMember(ref JsonReadContext context, MapField<string, Value> into, int depth)
    {
        var name = context.ReadString();
        if (into.ContainsKey(name))
        {
            throw context.Bad("given twice");
        }

        context.Next();
        into.Add(name, ReadValue(ref context, depth));
    }

    public static void WriteValue(Utf8JsonWriter writer, Value value)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.NumberValue:
                DoubleCodec.Instance.Write(writer, value.NumberValue);
                break;
            case Value.KindOneofCase.StringValue:
                writer.WriteStringValue(value.StringValue);
                break;
            case Value.KindOneofCase.BoolValue:
                writer.WriteBooleanValue(value.BoolValue);
                break;
            case Value.KindOneofCase.StructValue:
                WriteStruct(writer, value.StructValue);
                break;
            case Value.KindOneofCase.ListValue:
                WriteList(writer, value.ListValue);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    public static void WriteStruct(Utf8JsonWriter writer, Struct value)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in value.Fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, member);
        }

        writer.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter writer, ListValue value)
    {
        writer.WriteStartArray();
        foreach (var element in value.Values)
        {
            WriteValue(writer, element);
        }

        writer.WriteEndArray();
    }
}
