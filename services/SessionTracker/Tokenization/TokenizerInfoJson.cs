using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atropos.SessionTracker.Tokenization;

/// <summary>A tokenizer's configuration as vLLM's <c>/tokenizer_info</c> shows it.</summary>
internal static class TokenizerInfoJson
{
    private const string DefaultClass = "PreTrainedTokenizerFast";

    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Makes the object: the members of the file without those that name files, tokens by their text in place of objects that describe
    /// them, then <c>tokenizer_class</c>, and <c>chat_template</c> where there is one.
    /// </summary>
    /// <param name="config">The text of <c>tokenizer_config.json</c>; empty for none.</param>
    /// <param name="chatTemplate">The chat template; null for none.</param>
    public static string Write(string config, string? chatTemplate)
    {
        using var document = JsonDocument.Parse(config.Length == 0 ? "{}" : config, Tolerant);
        var buffer = new ArrayBufferWriter<byte>(config.Length + (chatTemplate?.Length ?? 0) + 64);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            WriteRoot(writer, document.RootElement, chatTemplate);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The end that truncation cuts, where the configuration says.</summary>
    public static string? TruncationSide(string config)
    {
        using var document = JsonDocument.Parse(config.Length == 0 ? "{}" : config, Tolerant);
        return document.RootElement.ValueKind == JsonValueKind.Object ? Text(document.RootElement, "truncation_side") : null;
    }

    private static void WriteRoot(Utf8JsonWriter writer, JsonElement root, string? chatTemplate)
    {
        writer.WriteStartObject();
        var tokenizerClass = DefaultClass;
        if (root.ValueKind == JsonValueKind.Object)
        {
            tokenizerClass = Text(root, "tokenizer_class") ?? DefaultClass;
            foreach (var member in root.EnumerateObject())
            {
                if (member.Name is not ("vocab_file" or "merges_file" or "tokenizer_class" or "chat_template"))
                {
                    writer.WritePropertyName(member.Name);
                    WriteValue(writer, member.Value);
                }
            }
        }

        writer.WriteString("tokenizer_class", tokenizerClass);
        if (chatTemplate is not null)
        {
            writer.WriteString("chat_template", chatTemplate);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when Text(value, "content") is { } token:
                writer.WriteStringValue(token);
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    WriteValue(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    WriteValue(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
