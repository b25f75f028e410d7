using System.Globalization;
using System.Text.Json;
using Atropos.Json.V1;
using Atropos.Transcoding.Json;
using Atropos.Transcoding.Routing;
using Google.Api;
using Google.Protobuf.Reflection;

namespace Atropos.Transcoding.OpenApi;

/// <summary>Writes the operations of an OpenAPI document. Methods that the body chooses between are one operation.</summary>
internal sealed class OperationWriter(Utf8JsonWriter writer, SchemaWriter schemas, DescriptorComments comments)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>Writes an operation's members.</summary>
    /// <param name="bindings">The methods behind one verb and path.</param>
    /// <param name="path">The path under which the operation stands, whose parameter names count.</param>
    public void Write(IReadOnlyList<(HttpBinding Binding, OpenApiPath Path)> bindings, OpenApiPath path)
    {
        var main = bindings.FirstOrDefault(b => b.Binding.When.Length == 0, bindings[0]);
        var method = main.Binding.Method;
        writer.WriteStartArray("tags");
        writer.WriteStringValue(method.Service.Name);
        writer.WriteEndArray();
        writer.WriteString("operationId", UniqueId(method));
        if (comments.Of(method) is { } text)
        {
            writer.WriteString("summary", text.Split('\n')[0]);
            writer.WriteString("description", text);
        }

        WriteParameters(main.Binding, main.Path, path);
        if (main.Binding.Body.Length > 0)
        {
            writer.WriteStartObject("requestBody");
            writer.WriteBoolean("required", true);
            writer.WriteStartObject("content");
            WriteContent("application/json", main.Binding.Method.InputType, main.Binding.Body == "*" ? "" : main.Binding.Body);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        WriteResponses([.. bindings.Select(b => b.Binding)]);
    }

    private void WriteParameters(HttpBinding binding, OpenApiPath own, OpenApiPath shown)
    {
        writer.WriteStartArray("parameters");
        for (var i = 0; i < own.Parameters.Count; i++)
        {
            var field = own.Parameters[i].Field.Length == 0 ? null : Find(binding.Method.InputType, own.Parameters[i].Field);
            WriteParameter(shown.Parameters[i].Name, "path", field);
        }

        if (binding.Body != "*")
        {
            var taken = binding.Template.Variables.Select(v => v.Field).Append(binding.Body).ToHashSet(StringComparer.Ordinal);
            WriteQuery(binding.Method.InputType, "", taken, []);
        }

        writer.WriteEndArray();
    }

    private void WriteQuery(MessageDescriptor message, string prefix, HashSet<string> taken, HashSet<string> inside)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var name = prefix + field.Name;
            var rules = CodecRegistry.RulesOf(field);
            if (taken.Contains(name) || field.IsMap || rules.UnknownMembers || rules.RawJson)
            {
                continue;
            }

            if (field.FieldType != FieldType.Message || IsText(field.MessageType))
            {
                WriteParameter(name, "query", field);
            }
            else if (!field.IsRepeated && IsPlainObject(field.MessageType) && inside.Add(field.MessageType.FullName))
            {
                WriteQuery(field.MessageType, name + ".", taken, inside);
                inside.Remove(field.MessageType.FullName);
            }
        }
    }

    private void WriteParameter(string name, string place, FieldDescriptor? field)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("in", place);
        writer.WriteBoolean("required", place == "path");
        if (field is not null)
        {
            schemas.WriteDescription(field);
        }

        writer.WriteStartObject("schema");
        if (field is null)
        {
            writer.WriteString("type", "string");
        }
        else
        {
            schemas.WriteField(field);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteResponses(IReadOnlyList<HttpBinding> bindings)
    {
        writer.WriteStartObject("responses");
        writer.WriteStartObject("200");
        writer.WriteString("description", comments.Of(bindings[0].Method.OutputType) ?? "The answer.");
        writer.WriteStartObject("content");
        foreach (var binding in bindings.DistinctBy(b => b.Method.IsServerStreaming))
        {
            WriteContent(
                binding.Method.IsServerStreaming ? "text/event-stream" : "application/json",
                binding.Method.OutputType,
                binding.ResponseBody);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("default");
        writer.WriteString("$ref", "#/components/responses/Error");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteContent(string mediaType, MessageDescriptor message, string path)
    {
        var field = path.Length == 0 ? null : Find(message, path);
        var written = field is null ? message : field is { FieldType: FieldType.Message, IsRepeated: false } ? field.MessageType : null;
        var isBytes = written?.ClrType == typeof(HttpBody);
        writer.WriteStartObject(isBytes ? "*/*" : mediaType);
        writer.WriteStartObject("schema");
        if (!isBytes && field is not null)
        {
            schemas.WriteField(field);
        }
        else if (!isBytes)
        {
            schemas.WriteReference(message);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private string UniqueId(MethodDescriptor method)
    {
        var id = $"{method.Service.Name}_{method.Name}";
        var count = _ids[id] = _ids.GetValueOrDefault(id) + 1;
        return count == 1 ? id : id + "_" + count.ToString(CultureInfo.InvariantCulture);
    }

    private static FieldDescriptor Find(MessageDescriptor message, string path)
    {
        FieldDescriptor? field = null;
        foreach (var name in path.Split('.'))
        {
            field = (field?.MessageType ?? message).FindFieldByName(name);
        }

        return field!;
    }

    private static bool IsText(MessageDescriptor message)
        => message.File.Name == "google/protobuf/wrappers.proto"
            || message.FullName is "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.FieldMask"
                or "google.protobuf.Value";

    private static bool IsPlainObject(MessageDescriptor message)
    {
        MessageRules rules = CodecRegistry.RulesOf(message);
        return !rules.UntaggedUnion && !rules.BareList && message.File.Package != "google.protobuf"
            && message.ClrType != typeof(HttpBody);
    }
}
