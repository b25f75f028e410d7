using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Atropos.Sessions.V1;
using Atropos.SessionTracker.Requests;
using OpenAI.V1;

namespace Atropos.SessionTracker.Continuity;

/// <summary>What decides, beside messages and tools, what a chat template makes of a turn: the request's own, else the session's.</summary>
internal sealed record TemplateArguments
{
    /// <summary>The model's own template and nothing more.</summary>
    public static readonly TemplateArguments None = new();

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The template's text, or the name of one of the model's named templates; null for the model's own.</summary>
    public string? ChatTemplate { get; private init; }

    /// <summary>Further values: the text of a JSON object; null for none.</summary>
    public string? Values { get; private init; }

    /// <summary>Documents: the text of a JSON array of objects; null for none.</summary>
    public string? Documents { get; private init; }

    /// <summary>Values and documents as one JSON object that is equal, by value, where a template cannot tell them apart; null for none.</summary>
    public string? Key { get; private init; }

    /// <summary>Puts together what a request and its session say.</summary>
    /// <param name="request">The request; what it says wins, value by value.</param>
    /// <param name="session">The session; null for none.</param>
    /// <exception cref="Exception">INVALID_ARGUMENT for values or documents that are not what they must be.</exception>
    public static TemplateArguments Of(ChatCompletionRequest request, Session? session)
    {
        var values = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (session is { HasChatTemplateKwargs: true })
        {
            Add(values, session.ChatTemplateKwargs);
        }

        if (request.HasReasoningEffort)
        {
            values["reasoning_effort"] = JsonSerializer.SerializeToElement(request.ReasoningEffort);
        }

        if (request.HasChatTemplateKwargs)
        {
            Add(values, request.ChatTemplateKwargs);
        }

        var documents = request.HasDocuments ? TemplateJson.Objects(request.Documents, "documents") : default;
        var hasDocuments = request.HasDocuments && documents.GetArrayLength() > 0;
        return new TemplateArguments
        {
            ChatTemplate = ChatTemplateOf(request, session),
            Values = values.Count > 0 ? Write(values) : null,
            Documents = hasDocuments ? request.Documents : null,
            Key = values.Count > 0 || hasDocuments ? TemplateArgumentsKey.Of(values, hasDocuments ? documents : null) : null,
        };
    }

    private static string? ChatTemplateOf(ChatCompletionRequest request, Session? session)
    {
        var template = request.HasChatTemplate ? request.ChatTemplate : session?.ChatTemplate;
        return string.IsNullOrEmpty(template) ? null : template;
    }

    private static void Add(OrderedDictionary<string, JsonElement> values, string json)
    {
        foreach (var member in TemplateJson.Object(json, "chat_template_kwargs").EnumerateObject())
        {
            values[member.Name] = member.Value;
        }
    }

    private static string Write(OrderedDictionary<string, JsonElement> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
